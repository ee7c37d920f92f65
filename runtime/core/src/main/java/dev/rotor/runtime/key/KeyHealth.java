package dev.rotor.runtime.key;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How well a key has worked: its errors, and its last answers. Thread-safe, without locks. */
final class KeyHealth {

  /** So many more failures than successes, and the key is in error. */
  static final int MOST_ERRORS = 5;

  private final AtomicInteger errors = new AtomicInteger();
  private volatile int failuresInARow;
  // only where the strategy asks for it
  private volatile @Nullable AnswerTimes times;

  /** From now on it remembers how fast answers were. */
  AnswerTimes measure() {
    AnswerTimes known = times;
    if (known == null) {
      known = new AnswerTimes();
      times = known;
    }
    return known;
  }

  /** One failure is made good; for a key that {@link #isSpotless} there is nothing to do. */
  void recovered() {
    if (errors.get() > 0) {
      errors.updateAndGet(count -> Math.max(0, count - 1));
    }
    failuresInARow = 0;
  }

  /** Whether it has no errors, nor failed last. */
  boolean isSpotless() {
    return failuresInARow == 0 && errors.get() == 0;
  }

  /** Whether that was one too many. */
  boolean failed() {
    int row = failuresInARow;
    failuresInARow = row + 1;
    AnswerTimes known = times;
    if (known != null) {
      known.failed();
    }
    return errors.updateAndGet(count -> Math.min(10, count + 1)) >= MOST_ERRORS;
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
    AnswerTimes known = times;
    return known == null ? AnswerTimes.UNKNOWN : known.performance(failuresInARow, now);
  }
}
