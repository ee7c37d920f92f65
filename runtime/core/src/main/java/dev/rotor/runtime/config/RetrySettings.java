package dev.rotor.runtime.config;

import java.time.Duration;

/**
 * Retries of a call whose service failed.
 *
 * @param max further rounds after the first
 * @param budget the share of calls, 0 to 1, that may be retries
 * @param idempotent the site's body may run again even when it may have been processed
 */
public record RetrySettings(
    int max,
    Duration backoff,
    double factor,
    Duration maxBackoff,
    double budget,
    boolean idempotent) {
  public static final RetrySettings DEFAULT =
      new RetrySettings(4, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0.2, false);
}
