package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What outlives a reload, a reset and a change of account, and what does not. */
class OutlivingTest {

  private static final String BOTH =
      "keys: [{name: a, secret: s, limits: {concurrent: 1}}, {name: b, secret: t}]";

  @Test
  void aKeyThatCameBackWhileAnOldAttemptWasUnderWayIsUsedAgain() {
    Pools it = new Pools("strategy: round-robin\n" + BOTH);
    Lane old = it.take(Need.ONE.by("a"));
    it.update("strategy: round-robin\nkeys: [{name: b, secret: t}]");
    it.update("strategy: round-robin\n" + BOTH);
    Map<String, Integer> meanwhile = it.spread(Need.ONE, 10);
    it.succeed(old, Need.ONE);
    assertThat(it.key("a").inFlight()).isZero();
    it.clock.advance(Duration.ofMinutes(10));
    assertThat(it.spread(Need.ONE, 100)).as("before: " + meanwhile).containsKey("a");
  }

  @Test
  void aFailureUnderAnOldBreakerTroublesTheKeyForGood() {
    String yaml = "circuit-breaker: {window: %s, open: 60s}\nkeys: [{name: a, secret: a}]";
    Pools it = new Pools(yaml.formatted(4));
    Lane old = it.take(Need.ONE);
    it.update(yaml.formatted(6));
    it.use(Need.ONE);
    it.fail(old, Need.ONE);
    for (int i = 0; i < 1000; i++) {
      it.use(Need.ONE);
    }
    assertThat(it.key("a").isUntroubled()).isTrue();
  }

  @Test
  void troubleOfABreakerThatIsNoMore() {
    String yaml = "circuit-breaker: {window: 4, open: 60s}\nkeys: [{name: a, secret: a}]";
    Pools it = new Pools(yaml);
    it.fail(it.take(Need.ONE), Need.ONE);
    it.update("circuit-breaker: false\nkeys: [{name: a, secret: a}]");
    for (int i = 0; i < 1000; i++) {
      it.use(Need.ONE);
    }
    assertThat(it.key("a").isUntroubled()).isTrue();
  }

  @Test
  void successesAfterAResetCount() {
    String yaml =
        "circuit-breaker: {failure-rate: 50%, window: 20, open: 60s}\nkeys: [{name: a, secret: a}]";
    Pools it = new Pools(yaml);
    for (int i = 0; i < 100; i++) {
      it.use(Need.ONE);
    }
    it.key("a").reset();
    for (int i = 0; i < 100; i++) {
      it.use(Need.ONE);
    }
    for (int i = 0; i < 5; i++) {
      it.fail(it.take(Need.ONE), Need.ONE);
      it.use(Need.ONE);
    }
    assertThat(it.tryTake(Need.ONE)).as("5 of the last 20 failed").isNotNull();
  }

  @Test
  void successesCountControl() {
    String yaml =
        "circuit-breaker: {failure-rate: 50%, window: 20, open: 60s}\nkeys: [{name: a, secret: a}]";
    Pools it = new Pools(yaml);
    for (int i = 0; i < 200; i++) {
      it.use(Need.ONE);
    }
    for (int i = 0; i < 5; i++) {
      it.fail(it.take(Need.ONE), Need.ONE);
      it.use(Need.ONE);
    }
    assertThat(it.tryTake(Need.ONE)).as("5 of the last 20 failed").isNotNull();
  }

  private static List<LimitTold> left(long left) {
    return List.of(
        new LimitTold(
            "r", LimitTold.Kind.REQUESTS, 100, left, Duration.ofSeconds(60).toNanos(), false));
  }

  @Test
  void aKeyThatMovesToAnotherAccountTakesNothingOfTheFormerWithIt() {
    Pools it = new Pools("keys: [{name: a, secret: s}, {name: b, secret: t}]");
    it.pool.learnAccount(it.key("a"), "org");
    it.pool.learnAccount(it.key("b"), "org");
    Lane a = it.take(Need.ONE.by("a"));
    it.tell(a, left(50));
    it.succeed(a, Need.ONE);
    it.update("keys: [{name: a, secret: s}, {name: b, secret: of-another}]");
    it.pool.learnAccount(it.key("b"), "other");
    it.clock.advance(Duration.ofSeconds(5));
    Lane again = it.take(Need.ONE.by("a"));
    it.tell(again, left(0)); // org has nothing left
    it.succeed(again, Need.ONE);
    assertThat(it.tryTake(Need.ONE.by("b"))).as("of another account").isNotNull();
  }
}
