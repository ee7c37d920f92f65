package dev.rotor.runtime.config;

import java.time.Duration;

/**
 * The circuit breaker of each key lane: the share (0 to 1) of failures among the last {@code
 * window} calls.
 */
public record BreakerSettings(double failureRate, int window, Duration open, int halfOpen) {
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(0.5, 20, Duration.ofSeconds(60), 3);
}
