package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long NO_BOUND = Long.MAX_VALUE;

  private final FakeClock clock = new FakeClock();

  private Limit limit(Algorithm algorithm, long burst, Duration wait, boolean perValue) {
    return new Limit(
        new LimitSettings("search", new Rate(4, SECOND), burst, algorithm, null, wait),
        perValue,
        clock);
  }

  private static int taken(Limit limit, @Nullable Object value) {
    int taken = 0;
    while (limit.tryAcquire(value)) {
      taken++;
    }
    return taken;
  }

  @Test
  void aTokenBucketGivesItsBurstAndThenOneByOne() {
    Limit limit = limit(Algorithm.TOKEN_BUCKET, 10, Duration.ZERO, false);
    assertThat(taken(limit, null)).isEqualTo(10);
    clock.advance(Duration.ofMillis(250));
    assertThat(taken(limit, null)).isEqualTo(1);
    clock.advance(SECOND);
    assertThat(taken(limit, null)).isEqualTo(4);
    clock.advance(Duration.ofHours(1));
    assertThat(taken(limit, null)).isEqualTo(10);
  }

  @Test
  void aFixedWindowGivesAllAtOnceWhenItHasPassed() {
    Limit limit = limit(Algorithm.FIXED_WINDOW, 4, Duration.ZERO, false);
    assertThat(taken(limit, null)).isEqualTo(4);
    clock.advance(Duration.ofMillis(999));
    assertThat(taken(limit, null)).isZero();
    assertThat(Duration.ofNanos(limit.nanosToPermit(null))).isEqualTo(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(taken(limit, null)).isEqualTo(4);
  }

  @Test
  void aSlidingWindowGivesNoMoreThanItsRateInAnySecond() {
    Limit limit = limit(Algorithm.SLIDING_WINDOW, 4, SECOND.multipliedBy(3), false);
    assertThat(taken(limit, null)).isEqualTo(4);
    clock.advance(Duration.ofMillis(999));
    assertThat(taken(limit, null)).isZero();
    long wait = limit.nanosToPermit(null);
    assertThat(Duration.ofNanos(wait)).isLessThanOrEqualTo(Duration.ofMillis(33));
    for (int i = 0; i < 4; i++) {
      assertThat(limit.reserve(null, NO_BOUND)).isEqualTo(wait);
    }
    assertThat(limit.reserve(null, NO_BOUND)).isGreaterThanOrEqualTo(SECOND.toNanos());
    clock.advance(Duration.ofNanos(wait));
    assertThat(taken(limit, null)).as("others are in line").isZero();
  }

  @Test
  void reservationsLineUpWithinTheWait() {
    Limit limit = limit(Algorithm.TOKEN_BUCKET, 1, Duration.ofMillis(600), false);
    assertThat(limit.reserve(null, NO_BOUND)).isZero();
    assertThat(Duration.ofNanos(limit.reserve(null, NO_BOUND))).isEqualTo(Duration.ofMillis(250));
    assertThat(Duration.ofNanos(limit.reserve(null, NO_BOUND))).isEqualTo(Duration.ofMillis(500));
    assertThat(limit.reserve(null, NO_BOUND)).isEqualTo(-1);
    clock.advance(Duration.ofMillis(500));
    assertThat(limit.tryAcquire(null)).as("both permits are reserved").isFalse();
  }

  @Test
  void aReservationIsBoundedByWhatTheCallMayWait() {
    Limit limit = limit(Algorithm.TOKEN_BUCKET, 1, SECOND, false);
    assertThat(limit.tryAcquire(null)).isTrue();
    assertThat(limit.reserve(null, Duration.ofMillis(100).toNanos())).isEqualTo(-1);
    assertThat(limit.reserve(null, 0)).isEqualTo(-1);
    assertThat(limit.reserve(null, -5)).isEqualTo(-1);
    assertThat(Duration.ofNanos(limit.reserve(null, NO_BOUND))).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void aLimitWithoutWaitReservesNothing() {
    Limit limit = limit(Algorithm.TOKEN_BUCKET, 1, Duration.ZERO, false);
    assertThat(limit.reserve(null, NO_BOUND)).isZero();
    assertThat(limit.reserve(null, NO_BOUND)).isEqualTo(-1);
  }

  @Test
  void valuesDoNotShareAndNullIsAValue() {
    Limit limit = limit(Algorithm.TOKEN_BUCKET, 2, Duration.ZERO, true);
    assertThat(taken(limit, "ann")).isEqualTo(2);
    assertThat(taken(limit, "bob")).isEqualTo(2);
    assertThat(taken(limit, null)).isEqualTo(2);
    assertThat(taken(limit, "")).isEqualTo(2);
    assertThat(taken(limit, null)).isZero();
  }

  @Test
  void aValueIsNotForgottenWhileItsPermitsAreReservedAhead() {
    Limit limit = limit(Algorithm.TOKEN_BUCKET, 4, Duration.ofMinutes(1), true);
    for (int i = 0; i < 200; i++) {
      assertThat(limit.reserve("ann", NO_BOUND)).isNotNegative();
    }
    clock.advance(Duration.ofSeconds(10));
    assertThat(limit.tryAcquire("ann")).isFalse();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainAndNoMore() {
    Limit limit = limit(Algorithm.TOKEN_BUCKET, 4, Duration.ZERO, false);
    limit.giveBack(null);
    assertThat(taken(limit, null)).isEqualTo(4);
    limit.giveBack(null);
    assertThat(taken(limit, null)).isEqualTo(1);
  }
}
