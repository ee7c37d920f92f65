package dev.rotor.runtime.policy;

import dev.rotor.runtime.config.RetrySettings;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a retry: exponential with equal jitter, so that half of the delay is
 * certain and callers that failed together do not come back together.
 */
public final class Backoff {

  private final RetrySettings settings;
  private final DoubleSupplier random;

  /**
   * Creates a back-off.
   *
   * @param random a number in [0, 1) at each call
   */
  public Backoff(RetrySettings settings, DoubleSupplier random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Nanoseconds before retry number {@code retry}, counted from 1; never above {@code max-backoff}.
   */
  public long nanos(int retry) {
    double grown = settings.backoff().toNanos() * Math.pow(settings.factor(), retry - 1.0);
    double capped = Math.min(grown, (double) settings.maxBackoff().toNanos());
    return (long) (capped * (0.5 + 0.5 * random.getAsDouble()));
  }
}
