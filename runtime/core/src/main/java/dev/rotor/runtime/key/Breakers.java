package dev.rotor.runtime.key;

import dev.rotor.runtime.config.BreakerSettings;
import dev.rotor.runtime.time.Clock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the circuit breaker of a lane from an API's settings. */
final class Breakers {

  private static final Duration NEVER_SLOW = Duration.ofDays(1000);

  private final BreakerSettings settings;
  private final Clock clock;
  private volatile @Nullable CircuitBreakerConfig config;

  Breakers(BreakerSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  private CircuitBreakerConfig config() {
    CircuitBreakerConfig known = config;
    if (known == null) {
      // two threads may make it at once, and it does not matter which one stays
      known = newConfig();
      config = known;
    }
    return known;
  }

  private CircuitBreakerConfig newConfig() {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(settings.window())
        // five failures in ten calls open a breaker of the default window
        .minimumNumberOfCalls(Math.max(1, settings.window() / 2))
        .failureRateThreshold((float) (settings.failureRate() * 100))
        // a long answer is no failure; Resilience4j opens when all calls take a minute
        .slowCallDurationThreshold(NEVER_SLOW)
        .waitDurationInOpenState(settings.open())
        .permittedNumberOfCallsInHalfOpenState(settings.halfOpen())
        .currentTimestampFunction(ignored -> clock.nanoTime(), TimeUnit.NANOSECONDS)
        .clock(new WallClock(clock))
        .writableStackTraceEnabled(false)
        .build();
  }

  BreakerSettings settings() {
    return settings;
  }

  CircuitBreaker make(String name) {
    return CircuitBreaker.of(name, config());
  }

  private static final class WallClock extends java.time.Clock {
    private final Clock clock;

    WallClock(Clock clock) {
      this.clock = clock;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }
}
