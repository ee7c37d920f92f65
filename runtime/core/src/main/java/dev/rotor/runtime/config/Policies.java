package dev.rotor.runtime.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings of an API that {@code defaults:} can say for all APIs. */
record Policies(
    @Nullable Mode mode,
    StrategySettings strategy,
    Replaces replaces,
    Duration cooldown,
    int rotateMax,
    RetrySettings retry,
    WaitSettings waiting,
    @Nullable Duration deadline,
    @Nullable BreakerSettings breaker,
    boolean intercept,
    @Nullable String idempotencyHeader) {
  /** What holds where the file says nothing. */
  static final Policies BUILT_IN =
      new Policies(
          null,
          StrategySettings.DEFAULT,
          Replaces.KNOWN,
          Duration.ofSeconds(60),
          20,
          RetrySettings.DEFAULT,
          WaitSettings.DEFAULT,
          null,
          BreakerSettings.DEFAULT,
          true,
          null);
}
