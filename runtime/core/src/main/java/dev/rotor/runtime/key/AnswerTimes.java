package dev.rotor.runtime.key;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * How long the last answers of a key took. Thread-safe, without locks: what another thread has just
 * remembered may be seen a little later, and of two answers in the same instant one may be lost.
 */
final class AnswerTimes {

  /** How well a key works that has not answered yet. */
  static final double UNKNOWN = 0.5;

  private static final AtomicIntegerFieldUpdater<AnswerTimes> COUNT =
      AtomicIntegerFieldUpdater.newUpdater(AnswerTimes.class, "count");
  private static final AtomicLongFieldUpdater<AnswerTimes> LAST_SUCCESS =
      AtomicLongFieldUpdater.newUpdater(AnswerTimes.class, "lastSuccess");

  private static final int REMEMBERED = 100;
  private static final double FAST_SECONDS = 0.1;
  private static final double SLOW_SECONDS = 5;
  private static final double OLD_SECONDS = TimeUnit.HOURS.toSeconds(1);
  private static final int FAILED = -1;

  private volatile int count;
  private volatile boolean worked;
  private volatile long lastSuccess;
  // microseconds each, or FAILED
  private final int[] answers = new int[REMEMBERED];

  void succeeded(long elapsedNanos, long now) {
    LAST_SUCCESS.lazySet(this, now);
    if (!worked) {
      worked = true;
    }
    remember((int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(elapsedNanos)));
  }

  void failed() {
    remember(FAILED);
  }

  private void remember(int micros) {
    int next = count;
    answers[Integer.remainderUnsigned(next, REMEMBERED)] = micros;
    COUNT.lazySet(this, next + 1);
  }

  /** As {@link KeyHealth#performance} has it. */
  double performance(int failuresInARow, long now) {
    int all = count;
    // it may have run over
    int known = all < 0 ? REMEMBERED : Math.min(REMEMBERED, all);
    if (known == 0) {
      return UNKNOWN;
    }
    int successes = 0;
    double seconds = 0;
    for (int i = 0; i < known; i++) {
      int micros = answers[i];
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
