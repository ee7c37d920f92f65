package dev.rotor.runtime.policy;

import dev.rotor.runtime.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Bounds retries to a share of the calls of the same API, so that a service in trouble is not
 * buried under repeats. Calls are counted elsewhere; a budget looks at that count only when a retry
 * asks, so that a call that succeeds pays nothing. Thread-safe.
 *
 * <p>In each window of ten seconds, retries may be {@code share} of the calls of this window and
 * the one before, and {@value #ALWAYS} in any case, so that a program with few calls can retry at
 * all. A window begins with the first retry after the last one; the one before counts as ten
 * seconds of the average since then, so that a long time without trouble earns what it should.
 */
public final class RetryBudget {

  static final long ALWAYS = 10;
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final double share;
  private final LongSupplier calls;
  private final Clock clock;

  private long windowStart;
  private long callsBefore;
  private long callsAtStart;
  private long retries;

  /**
   * Creates a budget.
   *
   * @param share of calls, 0 to 1
   * @param calls how many calls there have been, ever
   */
  public RetryBudget(double share, LongSupplier calls, Clock clock) {
    this.share = share;
    this.calls = calls;
    this.clock = clock;
    this.windowStart = clock.nanoTime();
    this.callsAtStart = calls.getAsLong();
    this.callsBefore = callsAtStart;
  }

  /** Takes one retry from the budget; false when it is used up. */
  public synchronized boolean tryRetry() {
    long now = clock.nanoTime();
    long total = calls.getAsLong();
    long age = now - windowStart;
    if (age >= WINDOW_NANOS) {
      double oneWindow = (double) WINDOW_NANOS / age;
      callsBefore = total - Math.round((total - callsAtStart) * oneWindow);
      callsAtStart = total;
      windowStart = now;
      retries = 0;
    }
    double allowed = Math.max(ALWAYS, share * (total - callsBefore));
    if (share == 0 || retries + 1 > allowed) {
      return false;
    }
    retries++;
    return true;
  }
}
