package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.extension.Extensions;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.testing.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas among the other things that decide whether a key is usable. */
class QuotaWiringTest {

  private static final String THREE_A_DAY =
      "keys: [{name: a, secret: a, quota: {daily: 3}}, {name: b, secret: b, priority: 0}]";

  @TempDir Path directory;

  @Test
  void aKeyWhoseQuotaIsUsedUpIsPassedOverUntilTheDayEnds() {
    Pools pools = new Pools("strategy: priority\n" + THREE_A_DAY);
    assertThat(pools.spread(Need.ONE, 5)).containsEntry("a", 3).containsEntry("b", 2);
    assertThat(pools.key("a").status("")).isEqualTo(KeyStatus.QUOTA_EXCEEDED);
    pools.key("b").disableByHand();
    assertThat(pools.tryTake(Need.ONE)).isNull();
    assertThat(pools.describe(Need.ONE))
        .contains("key a has used up its daily requests quota of 3 until ");

    pools.clock.advance(Duration.ofHours(24));
    assertThat(pools.use(Need.ONE)).isEqualTo("a");
  }

  @Test
  void whatIsLeftOfAQuotaCountsInTheScore() {
    Pools pools = new Pools("keys: [{name: a, secret: a, quota: {daily: 4}}]");
    pools.use(Need.ONE);
    assertThat(Scores.capacity(pools.key("a").lane(""), pools.clock.nanoTime()))
        .isEqualTo(0.4 + 0.4 * 0.75 + 0.2);
  }

  @Test
  void aReloadWithAnotherQuotaKeepsWhatWasUsed() {
    Pools pools = new Pools("keys: [{name: a, secret: a, quota: {daily: 3}}]");
    pools.use(Need.ONE);
    pools.use(Need.ONE);
    pools.update("keys: [{name: a, secret: another, quota: {daily: 4}}]");
    pools.use(Need.ONE);
    pools.use(Need.ONE);
    assertThat(pools.tryTake(Need.ONE)).isNull();
  }

  @Test
  void keysOfOneAccountShareItsQuota() {
    Pools pools =
        new Pools(
            "keys: [{name: a, secret: a, account: x, quota: {daily: 3}}, {name: b, secret: b, account: x}]");
    pools.spread(Need.ONE, 3);
    assertThat(pools.tryTake(Need.ONE)).isNull();
  }

  @Test
  void tokensAreSettledByWhatTheAnswerTells() {
    Pools pools = new Pools("keys: [{name: a, secret: a, quota: {daily: {tokens: 1000}}}]");
    assertThat(pools.pool.countsTokens()).isTrue();
    Need need = Need.ONE.withTokens(300, 300);
    Lane lane = pools.take(need);
    assertThat(pools.tryTake(need)).isNull();
    long now = pools.clock.nanoTime();
    lane.settle(need, new Spent(true, 100, 100, 200), now, now);
    lane.succeeded(0, now);
    assertThat(pools.tryTake(need)).isNotNull();
  }

  @Test
  void whatAnotherLimitRefusesCostsNoQuota() {
    Pools pools =
        new Pools(
            "keys: [{name: a, secret: a, quota: {daily: 10}, limits: {requests: 2/1m, concurrent: 5}}]");
    pools.use(Need.ONE);
    pools.use(Need.ONE);
    for (int i = 0; i < 20; i++) {
      assertThat(pools.tryTake(Need.ONE)).isNull();
    }
    pools.clock.advance(Duration.ofMinutes(2));
    pools.use(Need.ONE);
    assertThat(pools.key("a").lane("").freeShareOfQuota(pools.clock.nanoTime())).isEqualTo(0.7);
  }

  @Test
  void aKeyThatAPersonTookOutStaysOutAcrossRestarts() {
    FakeClock clock = new FakeClock();
    try (Ledger ledger = Ledger.inDirectory(directory, clock)) {
      pool(clock, ledger).keys().get(0).disableByHand();
    }
    try (Ledger ledger = Ledger.inDirectory(directory, clock)) {
      KeyPool pool = pool(clock, ledger);
      assertThat(pool.keys().get(0).isDisabledByHand()).isTrue();
      assertThat(Objects.requireNonNull(pool.tryAcquire(Need.ONE, clock.nanoTime())).key().name())
          .isEqualTo("b");
      pool.keys().get(0).enableByHand();
    }
    try (Ledger ledger = Ledger.inDirectory(directory, clock)) {
      assertThat(pool(clock, ledger).keys().get(0).isDisabledByHand()).isFalse();
    }
  }

  private static KeyPool pool(FakeClock clock, Ledger ledger) {
    return new KeyPool(
        Pools.settings("keys: [{name: a, secret: a}, {name: b, secret: b}]"),
        new PoolParts(
            new EngineMeters(),
            clock,
            () -> 0.5,
            Runnable::run,
            new Accounts(clock),
            ledger,
            1,
            true,
            Extensions.of(null)));
  }
}
