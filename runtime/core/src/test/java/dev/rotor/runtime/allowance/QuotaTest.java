package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.QuotaSettings.Amounts;
import dev.rotor.runtime.config.QuotaSettings.Prices;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.state.Used;
import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private static final long NO = Amounts.UNLIMITED;
  private static final Prices PRICES = new Prices(2_500, 10_000, 500_000);

  private final FakeClock clock = new FakeClock(); // noon of 25 November in UTC
  private final Ledger ledger = Ledger.inMemory(clock);

  private static QuotaSettings settings(
      @Nullable Amounts daily, @Nullable Amounts monthly, boolean rolling) {
    return new QuotaSettings(daily, monthly, LocalTime.MIDNIGHT, ZoneOffset.UTC, rolling, PRICES);
  }

  private static QuotaSettings requests(long daily) {
    return settings(new Amounts(daily, NO, NO), null, false);
  }

  private Quota quota(QuotaSettings settings, int replicas) {
    return new Quota("openai/primary", settings, replicas, ledger, () -> {});
  }

  private Quota quota(QuotaSettings settings) {
    return quota(settings, 1);
  }

  private long now() {
    return clock.nanoTime();
  }

  private static Need tokens(long input, long output) {
    return Need.ONE.withTokens(input, output);
  }

  private int takeAll(Quota quota) {
    int taken = 0;
    while (quota.tryTake(Need.ONE, now())) {
      taken++;
    }
    return taken;
  }

  @Test
  void theDayIsUsedUpUntilItsReset() {
    Quota quota = quota(requests(10));
    assertThat(quota.freeShare(now())).isEqualTo(1);
    assertThat(quota.nanosTo(Need.ONE, now())).isZero();
    assertThat(takeAll(quota)).isEqualTo(10);
    assertThat(quota.freeShare(now())).isZero();
    assertThat(quota.nanosTo(Need.ONE, now())).isEqualTo(Duration.ofHours(12).toNanos());
    assertThat(quota.whyNot(Need.ONE, now()))
        .isEqualTo("has used up its daily requests quota of 10 until 2026-11-26T00:00:00Z");
    clock.advance(Duration.ofHours(12).minusMillis(1));
    assertThat(takeAll(quota)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(takeAll(quota)).isEqualTo(10);
  }

  @Test
  void theMonthHoldsWhereTheDayWouldNot() {
    Quota quota = quota(settings(new Amounts(10, NO, NO), new Amounts(25, NO, NO), false));
    assertThat(takeAll(quota)).isEqualTo(10);
    assertThat(quota.nanosTo(Need.ONE, now())).isEqualTo(Duration.ofHours(12).toNanos());
    clock.advance(Duration.ofDays(1));
    assertThat(takeAll(quota)).isEqualTo(10);
    clock.advance(Duration.ofDays(1));
    assertThat(quota.freeShare(now())).isEqualTo(0.2);
    assertThat(takeAll(quota)).isEqualTo(5);
    assertThat(quota.nanosTo(Need.ONE, now())).isEqualTo(Duration.ofHours(3 * 24 + 12).toNanos());
    assertThat(quota.whyNot(Need.ONE, now()))
        .isEqualTo("has used up its monthly requests quota of 25 until 2026-12-01T00:00:00Z");
  }

  @Test
  void theEstimateIsTakenAndTheCostStands() {
    Quota quota = quota(settings(new Amounts(NO, 1_000, NO), null, false));
    long then = now();
    assertThat(quota.tryTake(tokens(300, 500), then)).isTrue();
    assertThat(quota.tryTake(tokens(300, 500), then)).isFalse();
    assertThat(quota.freeShare(now())).isEqualTo(0.2, within(1e-9));
    quota.settle(tokens(300, 500), new Spent(true, 300, 20, 320), then, now());
    assertThat(quota.freeShare(now())).isEqualTo(0.68, within(1e-9));
    assertThat(quota.tryTake(tokens(100, 500), then)).isTrue();
    quota.settle(tokens(100, 500), Spent.UNTOLD, then, now());
    assertThat(quota.freeShare(now())).isEqualTo(0.08, within(1e-9));
  }

  @Test
  void whatCostMoreThanItsEstimateIsPaidByWhatComesNext() {
    Quota quota = quota(settings(new Amounts(NO, 1_000, NO), null, false));
    long then = now();
    assertThat(quota.tryTake(Need.ONE, then)).isTrue();
    quota.settle(Need.ONE, new Spent(true, -1, -1, 1_000), then, now());
    assertThat(quota.tryTake(Need.ONE, now())).isFalse();
    assertThat(quota.freeShare(now())).isZero();
  }

  @Test
  void whatNeverLeftIsGivenBackAndWhatWasRefusedCostsARequest() {
    Quota quota = quota(settings(new Amounts(10, 1_000, NO), null, false));
    long then = now();
    assertThat(quota.tryTake(tokens(600, 0), then)).isTrue();
    quota.giveBack(tokens(600, 0), then, now());
    assertThat(quota.freeShare(now())).isEqualTo(1);
    assertThat(quota.tryTake(tokens(600, 0), then)).isTrue();
    quota.settle(tokens(600, 0), Spent.REFUSED, then, now());
    assertThat(quota.freeShare(now())).isEqualTo(0.9);
  }

  @Test
  void moneyIsCountedByItsPrices() {
    // 2.50 and 10 for a million tokens, half a unit for a request
    Quota quota = quota(settings(new Amounts(NO, NO, 2_000_000), null, false));
    long then = now();
    assertThat(quota.tryTake(tokens(100_000, 50_000), then)).isTrue(); // 0.25 + 0.50 + 0.50
    assertThat(quota.freeShare(now())).isEqualTo(0.375);
    quota.settle(tokens(100_000, 50_000), new Spent(true, 100_000, 0, 100_000), then, now());
    assertThat(quota.freeShare(now())).isEqualTo(0.625);
    assertThat(quota.tryTake(tokens(0, 100_000), now())).isFalse();
    assertThat(quota.whyNot(tokens(0, 100_000), now()))
        .isEqualTo("has used up its daily money quota of 2 until 2026-11-26T00:00:00Z");
  }

  @Test
  void tokensOfUntoldKindAreOfTheDearer() {
    Quota quota = quota(settings(new Amounts(NO, NO, 10_000_000), null, false));
    long then = now();
    assertThat(quota.tryTake(Need.ONE, then)).isTrue();
    quota.settle(Need.ONE, new Spent(true, -1, -1, 100_000), then, now());
    assertThat(quota.freeShare(now())).isEqualTo(0.85);
  }

  @Test
  void aCallThatMayNeedMoreThanTheWholeIsNeverPossible() {
    Quota quota = quota(settings(new Amounts(NO, 1_000, NO), null, false));
    assertThat(quota.tryTake(tokens(1_001, 0), now())).isFalse();
    assertThat(quota.nanosTo(tokens(1_001, 0), now())).isEqualTo(Allowance.NOT_BY_TIME);
    assertThat(quota.whyNot(tokens(1_001, 0), now()))
        .isEqualTo("has a daily tokens quota of 1000, less than this call may need");
  }

  @Test
  void aRollingDayFreesWhatIsOlderThanADay() {
    Quota quota = quota(settings(new Amounts(10, NO, NO), null, true));
    for (int i = 0; i < 4; i++) {
      assertThat(quota.tryTake(Need.ONE, now())).isTrue();
    }
    clock.advance(Duration.ofHours(10));
    assertThat(takeAll(quota)).isEqualTo(6);
    assertThat(quota.nanosTo(Need.ONE, now()))
        .isEqualTo(Duration.ofMinutes(14 * 60 + 30).toNanos());
    clock.advance(Duration.ofMinutes(14 * 60 + 30));
    assertThat(takeAll(quota)).isEqualTo(4);
    clock.advance(Duration.ofHours(10));
    assertThat(takeAll(quota)).isEqualTo(6);
  }

  @Test
  void noRollingDayHoldsMoreThanTheQuota() {
    Quota quota = quota(settings(new Amounts(100, NO, NO), null, true));
    Random random = new Random(3);
    ArrayDeque<Long> taken = new ArrayDeque<>();
    long day = Duration.ofDays(1).toNanos();
    for (int i = 0; i < 5_000; i++) {
      clock.advance(Duration.ofSeconds(random.nextInt(random.nextInt(20) == 0 ? 20_000 : 600)));
      long now = now();
      while (!taken.isEmpty() && now - taken.peekFirst() >= day) {
        taken.removeFirst();
      }
      boolean got = quota.tryTake(Need.ONE, now);
      if (got) {
        taken.addLast(now);
        assertThat(taken).hasSizeLessThanOrEqualTo(100);
      } else {
        long wait = quota.nanosTo(Need.ONE, now);
        clock.advance(Duration.ofNanos(wait));
        assertThat(quota.tryTake(Need.ONE, now())).isTrue();
        taken.addLast(now());
      }
    }
  }

  @Test
  void otherSettingsKeepWhatWasUsed() {
    Quota quota = quota(requests(100));
    for (int i = 0; i < 60; i++) {
      assertThat(quota.tryTake(Need.ONE, now())).isTrue();
    }
    quota.update(requests(50), 1);
    assertThat(takeAll(quota)).isZero();
    quota.update(settings(new Amounts(80, NO, NO), new Amounts(1_000, NO, NO), true), 1);
    assertThat(takeAll(quota)).isEqualTo(20);
    assertThat(takeAll(quota(requests(90)))).isEqualTo(10);
  }

  @Test
  void replicasShareAndRoundDown() {
    assertThat(takeAll(quota(requests(100), 3))).isEqualTo(33);
  }

  @Test
  void whatIsTooLittleToShareIsNotUsable() {
    Quota quota = quota(requests(2), 3);
    assertThat(takeAll(quota)).isZero();
    assertThat(quota.nanosTo(Need.ONE, now())).isEqualTo(Allowance.NOT_BY_TIME);
    assertThat(quota.freeShare(now())).isZero();
    assertThat(quota.whyNot(Need.ONE, now()))
        .isEqualTo("has less than one of its daily requests quota for each of 3 replicas");
    assertThatThrownBy(() -> quota(requests(2), 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static QuotaSettings settings(Amounts daily, Prices prices) {
    return new QuotaSettings(daily, null, LocalTime.MIDNIGHT, ZoneOffset.UTC, false, prices);
  }

  private long used(String line) {
    return ledger.used().stream()
        .filter(it -> it.line().equals(line))
        .mapToLong(Used::amount)
        .sum();
  }

  @Test
  void anAttemptIsSettledAtThePricesThatItWasTakenAt() {
    Quota quota = quota(settings(new Amounts(NO, NO, 1_000_000), new Prices(0, 1000, 0)));
    for (int i = 0; i < 40; i++) {
      assertThat(quota.tryTake(tokens(0, 100), now())).isTrue();
    }
    long then = now();
    assertThat(quota.tryTake(tokens(0, 4000), then)).isTrue();
    assertThat(used("daily/money")).isEqualTo(8000);
    clock.advance(Duration.ofSeconds(1));
    quota.update(settings(new Amounts(NO, NO, 1_000_000), new Prices(0, 10_000, 0)), 1);
    quota.settle(tokens(0, 4000), new Spent(true, 0, 100, 100), then, now());
    assertThat(used("daily/money")).isEqualTo(4100);
    clock.advance(Duration.ofSeconds(1));
    quota.update(settings(new Amounts(NO, NO, 1_000_000), new Prices(0, 20_000, 0)), 1);
    assertThat(quota.tryTake(tokens(0, 100), now())).isTrue();
    assertThat(used("daily/money")).isEqualTo(6100);
  }

  @Test
  void anAttemptGivesNothingBackToALineThatItTookNothingFrom() {
    Quota quota = quota(settings(new Amounts(1000, NO, NO), Prices.NONE));
    long then = now();
    assertThat(quota.tryTake(tokens(0, 4000), then)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    quota.update(settings(new Amounts(1000, 10_000, NO), Prices.NONE), 1);
    for (int i = 0; i < 30; i++) {
      assertThat(quota.tryTake(tokens(0, 100), now())).isTrue();
    }
    quota.settle(tokens(0, 4000), new Spent(true, 0, 100, 100), then, now());
    assertThat(used("daily/tokens")).isEqualTo(3000);
  }

  @Test
  void aLineThatComesBackCountsNothingThatWasTakenWithoutIt() {
    Quota quota = quota(settings(new Amounts(1000, 10_000, NO), Prices.NONE));
    assertThat(quota.tryTake(tokens(0, 3000), now())).isTrue();
    clock.advance(Duration.ofSeconds(1));
    quota.update(settings(new Amounts(1000, NO, NO), Prices.NONE), 1);
    long then = now();
    assertThat(quota.tryTake(tokens(0, 4000), then)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    quota.update(settings(new Amounts(1000, 10_000, NO), Prices.NONE), 1);
    quota.settle(tokens(0, 4000), new Spent(true, 0, 100, 100), then, now());
    assertThat(used("daily/tokens")).isEqualTo(3000);
  }
}
