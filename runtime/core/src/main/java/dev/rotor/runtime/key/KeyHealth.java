package dev.rotor.runtime.key;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * How well a key has worked: its errors, and its last answers. Thread-safe, without locks; a
 * success of a key that has no errors writes next to nothing.
 */
final class KeyHealth {

  /** So many more failures than successes, and the key is in error. */
  static final int MOST_ERRORS = 5;

  private static final int REMEMBERED = 100;
  private static final double FAST_SECONDS = 0.1;
  private static final double SLOW_SECONDS = 5;
  private static final double OLD_SECONDS = TimeUnit.HOURS.toSeconds(1);
  private static final double UNKNOWN = 0.5;
  private static final int FAILED = -1;

  private final AtomicInteger errors = new AtomicInteger();
  private volatile int failuresInARow;
  private volatile boolean worked;
  private volatile long lastSuccess;
  // microseconds each, or FAILED; only where the strategy asks for it
  private volatile @Nullable AtomicIntegerArray answers;
  private final AtomicInteger answered = new AtomicInteger();

  /** From now on it remembers how fast answers were. */
  void measure() {
    if (answers == null) {
      answers = new AtomicIntegerArray(REMEMBERED);
    }
  }

  void succeeded(long elapsedNanos, long now) {
    if (errors.get() > 0) {
      errors.updateAndGet(count -> Math.max(0, count - 1));
    }
    if (failuresInARow != 0) {
      failuresInARow = 0;
    }
    if (answers != null) {
      lastSuccess = now;
      worked = true;
      remember((int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(elapsedNanos)));
    }
  }

  /** Whether that was one too many. */
  boolean failed() {
    int row = failuresInARow;
    failuresInARow = row + 1;
    remember(FAILED);
    return errors.updateAndGet(count -> Math.min(10, count + 1)) >= MOST_ERRORS;
  }

  private void remember(int micros) {
    AtomicIntegerArray last = answers;
    if (last != null) {
      last.setOpaque(Integer.remainderUnsigned(answered.getAndIncrement(), REMEMBERED), micros);
    }
  }

  int errors() {
    return errors.get();
  }

  void reset() {
    errors.set(0);
    failuresInARow = 0;
  }

  /**
   * {@code 0.4 x success rate + 0.3 x speed (0.1 s -> 1, 5 s -> 0) + 0.2 x recency of the last
   * success (an hour -> 0) + 0.1 x (1 - consecutive failures/10)}, over the last 100 answers; 0.5
   * before the first.
   */
  double performance(long now) {
    AtomicIntegerArray last = answers;
    int count = answered.get();
    // it may have run over
    int known = count < 0 ? REMEMBERED : Math.min(REMEMBERED, count);
    if (last == null || known == 0) {
      return UNKNOWN;
    }
    int successes = 0;
    double seconds = 0;
    for (int i = 0; i < known; i++) {
      int micros = last.getOpaque(i);
      if (micros != FAILED) {
        successes++;
        seconds += micros / 1e6;
      }
    }
    double speed = successes == 0 ? 0 : falling(seconds / successes, FAST_SECONDS, SLOW_SECONDS);
    double recency = worked ? falling((now - lastSuccess) / 1e9, 0, OLD_SECONDS) : 0;
    return 0.4 * successes / known
        + 0.3 * speed
        + 0.2 * recency
        + 0.1 * (1 - Math.min(10, failuresInARow) / 10.0);
  }

  /** 1 at {@code best} and below, 0 at {@code worst} and above, evenly in between. */
  private static double falling(double value, double best, double worst) {
    return Math.max(0, Math.min(1, (worst - value) / (worst - best)));
  }
}
