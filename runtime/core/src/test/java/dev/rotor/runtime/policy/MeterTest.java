package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeterTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = -5 * SECOND;
  private static final Rate RATE = new Rate(100, Duration.ofSeconds(10));
  private static final long PER = 10 * SECOND;
  // a sliding window errs by one of its 32 parts
  private static final long AT_MOST = PER + PER / 32;

  private static Meter meter(Algorithm algorithm) {
    return Meter.of(algorithm, RATE, RATE.permits(), START);
  }

  @ParameterizedTest
  @EnumSource
  void allOrNothingIsTaken(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.take(60, START)).isTrue();
    assertThat(meter.take(41, START)).isFalse();
    assertThat(meter.take(40, START)).isTrue();
    assertThat(meter.take(1, START)).isFalse();
    assertThat(meter.freeShare(START)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anAmountLargerThanTheWholeCountsAsTheWhole(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.take(1, START)).isTrue();
    assertThat(meter.take(Long.MAX_VALUE, START)).isFalse();
    long wait = meter.nanosTo(Long.MAX_VALUE, START);
    assertThat(wait).isPositive().isLessThanOrEqualTo(AT_MOST);
    assertThat(meter.take(Long.MAX_VALUE, START + wait)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsAlwaysThere(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.take(100, START)).isTrue();
    assertThat(meter.take(0, START)).isTrue();
    assertThat(meter.take(-7, START)).isTrue();
    assertThat(meter.nanosTo(0, START)).isZero();
    assertThat(meter.reserve(0, START, 0)).isZero();
    assertThat(meter.freeShare(START)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aReservationWithoutTimeTakesWhatIsThereOrNothing(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.reserve(60, START, -5)).isZero();
    assertThat(meter.freeShare(START)).isEqualTo(0.4, within(1e-9));
    assertThat(meter.reserve(60, START, -5)).isEqualTo(-1);
    assertThat(meter.freeShare(START)).isEqualTo(0.4, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void whoReservesComesBeforeWhoTakesLater(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.take(100, START)).isTrue();
    long wait = meter.reserve(100, START, Long.MAX_VALUE);
    assertThat(wait).isPositive().isLessThanOrEqualTo(AT_MOST);
    assertThat(meter.reserve(1, START, wait)).isEqualTo(-1);
    assertThat(meter.reserve(1, START, Long.MAX_VALUE)).isGreaterThan(wait);
    assertThat(meter.take(1, START + wait)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aCostBeyondWhatWasTakenIsOwed(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.take(10, START)).isTrue();
    meter.settle(10, 60, START, START + SECOND);
    assertThat(meter.take(60, START + SECOND)).isFalse();
    assertThat(meter.take(40, START + SECOND)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasNotUsedIsThereAgain(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.take(100, START)).isTrue();
    meter.settle(100, 30, START, START);
    assertThat(meter.take(71, START)).isFalse();
    assertThat(meter.take(70, START)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsGivenBackLateMakesNoMoreThanTheWhole(Algorithm algorithm) {
    Meter meter = meter(algorithm);
    assertThat(meter.take(100, START)).isTrue();
    long later = START + 3 * PER;
    meter.settle(100, 0, START, later);
    assertThat(meter.take(100, later)).isTrue();
    assertThat(meter.take(1, later)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatJumpsCostsOnePeriodAtMost(Algorithm algorithm) {
    long years = Duration.ofDays(3 * 365).toNanos();
    for (long jump : new long[] {years, -years, -PER / 2, -SECOND / 2, years}) {
      Meter meter = meter(algorithm);
      assertThat(meter.take(50, START)).isTrue();
      long now = START + jump;
      long wait = meter.nanosTo(100, now);
      assertThat(wait).as("jump of %s", jump).isBetween(0L, AT_MOST + SECOND);
      assertThat(meter.take(100, now + wait)).isTrue();
      assertThat(meter.take(1, now + wait)).isFalse();
    }
  }

  @Test
  void aSlidingWindowForgetsWhatIsOlderThanItself() {
    Meter meter = meter(Algorithm.SLIDING_WINDOW);
    assertThat(meter.take(50, START)).isTrue();
    assertThat(meter.take(50, START + 5 * SECOND)).isTrue();
    assertThat(meter.take(1, START + PER)).as("its part is partly inside").isFalse();
    assertThat(meter.take(50, START + AT_MOST)).isTrue();
    assertThat(meter.take(1, START + AT_MOST)).isFalse();
  }

  @Test
  void aSlidingWindowGivesBackWhereItWasTaken() {
    Meter meter = meter(Algorithm.SLIDING_WINDOW);
    assertThat(meter.take(50, START)).isTrue();
    assertThat(meter.take(50, START + 5 * SECOND)).isTrue();
    meter.settle(50, 0, START, START + 6 * SECOND);
    assertThat(meter.take(50, START + 6 * SECOND)).isTrue();
    // had it come off the newer one, 50 were there now
    assertThat(meter.take(1, START + AT_MOST)).isFalse();
  }

  @Test
  void aRefundAfterABucketFilledUpIsNotHadTwice() {
    Meter meter = Meter.of(Algorithm.TOKEN_BUCKET, new Rate(100, Duration.ofSeconds(60)), 100, 0);
    assertThat(meter.take(100, 0)).isTrue();
    assertThat(meter.take(50, 30 * SECOND)).isTrue();
    // of which 10 were back after 6 s; then it was full
    meter.settle(100, 10, 0, 30 * SECOND);
    assertThat(meter.take(51, 30 * SECOND)).isFalse();
    assertThat(meter.take(50, 30 * SECOND)).isTrue();
  }

  @Test
  void aBucketThatWasNeverFullGivesAllBackHoweverLate() {
    Meter meter = Meter.of(Algorithm.TOKEN_BUCKET, new Rate(100, Duration.ofSeconds(100)), 100, 0);
    assertThat(meter.take(90, 0)).isTrue();
    meter.settle(1, 0, -SECOND, 0);
    for (int second = 1; second <= 90; second++) {
      assertThat(meter.take(1, second * SECOND)).isTrue();
    }
    // 90 are used; ten of them, taken by one attempt, cost nothing
    meter.settle(10, 0, 40 * SECOND, 90 * SECOND);
    assertThat(meter.take(21, 90 * SECOND)).isFalse();
    assertThat(meter.take(20, 90 * SECOND)).isTrue();
  }

  @Test
  void aFastBucketKeepsItsRateWithinAThousandth() {
    for (long permits : new long[] {3, 90_000, 7_000_000, 1_500_000_000L}) {
      Meter meter =
          Meter.of(Algorithm.TOKEN_BUCKET, new Rate(permits, Duration.ofSeconds(1)), permits, 0);
      assertThat(meter.take(permits, 0)).isTrue();
      assertThat(meter.nanosTo(permits, 0)).isBetween(SECOND, SECOND + SECOND / 1000);
    }
  }

  @Test
  void ratesBeyondAllMeasureAreCountedWithoutOverflow() {
    for (Algorithm algorithm : Algorithm.values()) {
      for (Rate rate :
          new Rate[] {
            new Rate(999_999_999_999_999_999L, Duration.ofNanos(1)),
            new Rate(999_999_999_999_999_999L, Duration.ofDays(3_000_000)),
            new Rate(1, Duration.ofDays(3_000_000)),
            new Rate(1, Duration.ofNanos(1))
          }) {
        Meter meter = Meter.of(algorithm, rate, rate.permits(), START);
        assertThat(meter.take(1, START)).isTrue();
        for (int i = 0; i < 20; i++) {
          meter.settle(0, Long.MAX_VALUE, START, START);
        }
        assertThat(meter.freeShare(START)).isZero();
        assertThat(meter.take(1, START)).isFalse();
        long wait = meter.nanosTo(1, START);
        assertThat(wait).as("%s %s", algorithm, rate).isPositive();
        assertThat(meter.take(1, START + wait)).isTrue();
      }
    }
  }
}
