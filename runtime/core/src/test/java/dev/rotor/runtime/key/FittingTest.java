package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.Urgency;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** No way to a key leads past what it is kept for. */
class FittingTest {

  private static final Need LOW_GPT = new Need("gpt-4o", 0, 0, Urgency.LOW, null, null, null);

  @Test
  void aKeyThatIsPlacedWhateverItsHealthIsOneThatWillDo() {
    Pools pools =
        new Pools(
            """
            keys:
              - {name: t, secret: t, tier: batch}
              - {name: u, secret: u, urgency: high}
              - {name: m, secret: m, models: [claude*]}
              - {name: plain, secret: p}
            """);
    assertThat(Objects.requireNonNull(pools.pool.acquireAnyhow(LOW_GPT)).key().name())
        .isEqualTo("plain");
  }

  @Test
  void aPinToAKeyThatIsNotThereTakesNoOther() {
    Pools pools = new Pools("keys: [{name: a, secret: a}]");
    assertThat(pools.tryTake(Need.ONE.by("gone"))).isNull();
    assertThat(pools.describe(Need.ONE.by("gone")))
        .isEqualTo("no key of the name `gone` serves such a call");
  }

  @Test
  void anExchangeGoesOnWithAKeyOnlyIfThatWillDo() {
    Pools pools = new Pools("keys: [{name: a, secret: a}, {name: b, secret: b, tier: batch}]");
    Lane held = pools.take(Need.ONE);
    long takenAt = pools.clock.nanoTime();
    Need batch = new Need("", 0, 0, Urgency.MEDIUM, null, "batch", null);
    assertThat(held.tryMoveTo(batch, Need.ONE, takenAt, takenAt)).isNull();
    assertThat(pools.key("a").inFlight()).isZero();
  }

  @Test
  void aLimitForAllLanesTogetherIsNotThatOfAPattern() {
    Pools pools =
        new Pools(
            "limits: {requests: 100/1m, lanes: {\"*\": {requests: 10/1m}}}\nkeys: [{name: a, secret: a}]");
    int taken = 0;
    for (int lane = 0; lane < 5; lane++) {
      while (pools.tryTake(Need.of("m" + lane)) != null) {
        taken++;
      }
    }
    assertThat(taken).isEqualTo(50);
  }

  @Test
  void theSuccessOfAnAttemptFromBeforeBringsNoRefusedKeyBack() {
    Pools pools = new Pools("keys: [{name: a, secret: a}]");
    Lane old = pools.take(Need.ONE);
    pools.clock.advance(Duration.ofSeconds(1));
    Lane refused = pools.take(Need.ONE);
    refused.ended(0);
    refused.key().disable("401");
    old.succeeded(1_000_000_001, pools.clock.nanoTime());
    assertThat(pools.key("a").status("")).isEqualTo(KeyStatus.DISABLED);
  }

  @Test
  void anAnswerThatBlamesTheCallerBringsNoRefusedKeyBack() {
    Pools pools = new Pools("keys: [{name: a, secret: a}]");
    Lane lane = pools.take(Need.ONE);
    lane.key().disable("401");
    lane.answered(0);
    assertThat(pools.key("a").status("")).isEqualTo(KeyStatus.DISABLED);
  }

  @Test
  void whatIsGivenBackIsFoundByACallThatCannotWait() {
    Pools pools = new Pools("keys: [{name: a, secret: a, limits: {tokens: 1000/1m}}]");
    Need large = Need.ONE.withTokens(0, 1000);
    Need small = Need.ONE.withTokens(0, 1);
    Lane lane = pools.take(large);
    assertThat(pools.tryTake(small)).isNull();
    long now = pools.clock.nanoTime();
    lane.settle(large, new Spent(true, 1, 1, 2), now, now);
    lane.succeeded(0, now);
    assertThat(pools.tryTake(small)).isNotNull();
  }
}
