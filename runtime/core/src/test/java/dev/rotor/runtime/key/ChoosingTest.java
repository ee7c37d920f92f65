package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key a call gets, strategy by strategy, and which it may get at all. */
class ChoosingTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static Need of(Urgency urgency) {
    return new Need("", 0, 0, urgency, null, null, null);
  }

  private static Need tier(String tier) {
    return new Need("", 0, 0, Urgency.MEDIUM, null, tier, null);
  }

  @Test
  void weightedDrawsByPriorityAndWeightAmongTheBetterHalf() {
    Pools pools =
        new Pools(
            """
            strategy: weighted
            keys:
              - {name: low, secret: a}
              - {name: alsoLow, secret: b}
              - {name: high, secret: c, priority: 4}
              - {name: heavy, secret: d, priority: 4, weight: 3}
            """);
    Map<String, Integer> spread = pools.spread(Need.ONE, 4000);
    assertThat(spread).containsOnlyKeys("high", "heavy");
    assertThat(spread.get("heavy")).isBetween(2850, 3150);
  }

  @Test
  void weightedTurnsAwayFromErrorsAndUsedUpLimits() {
    Pools pools =
        new Pools(
            """
            strategy: weighted
            keys:
              - {name: failing, secret: a}
              - {name: used, secret: b, limits: {requests: 10/1m}}
              - {name: fine, secret: c}
              - {name: fineToo, secret: d}
            """);
    for (int i = 0; i < 3; i++) {
      pools.fail(pools.take(Need.ONE.by("failing")), Need.ONE.by("failing"));
      pools.use(Need.ONE.by("used"));
    }
    pools.clock.advance(Duration.ofMillis(50));

    assertThat(pools.spread(Need.ONE, 100)).containsOnlyKeys("fine", "fineToo");
  }

  @Test
  void weightedFallsBackToTheWorseHalfWhenTheBetterRests() {
    Pools pools =
        new Pools(
            """
            strategy: weighted
            keys:
              - {name: low, secret: a}
              - {name: high, secret: b, priority: 4}
            """);
    assertThat(pools.use(Need.ONE)).isEqualTo("high");
    pools.rest("high", SECOND);
    assertThat(pools.use(Need.ONE)).isEqualTo("low");
    pools.clock.advance(Duration.ofSeconds(2));
    assertThat(pools.use(Need.ONE)).isEqualTo("high");
  }

  @Test
  void fastestPrefersTheKeyWhoseAnswersAreQuick() {
    Pools pools =
        new Pools("strategy: fastest\nkeys: [{name: slow, secret: a}, {name: quick, secret: b}]");
    for (int i = 0; i < 20; i++) {
      pools.take(Need.ONE.by("slow")).succeeded(4 * SECOND, pools.clock.nanoTime());
      pools.take(Need.ONE.by("quick")).succeeded(SECOND / 10, pools.clock.nanoTime());
    }
    pools.clock.advance(Duration.ofMillis(50));
    assertThat(pools.spread(Need.ONE, 50)).containsOnlyKeys("quick");
  }

  @Test
  void leastBusyTakesTheKeyWithTheFewestUnderWay() {
    Pools pools =
        new Pools("strategy: least-busy\nkeys: [{name: a, secret: a}, {name: b, secret: b}]");
    Lane first = pools.take(Need.ONE);
    Lane second = pools.take(Need.ONE);
    assertThat(second.key()).isNotSameAs(first.key());
    pools.succeed(first, Need.ONE);
    assertThat(pools.take(Need.ONE).key()).isSameAs(first.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"least-busy", "least-used"})
  void amongManyKeysTheLeastIsSpreadEvenly(String strategy) {
    StringBuilder keys = new StringBuilder("strategy: " + strategy + "\nkeys:\n");
    for (int i = 0; i < 200; i++) {
      keys.append("  - {name: k").append(i).append(", secret: s").append(i).append("}\n");
    }
    Pools pools = new Pools(keys.toString());
    for (int i = 0; i < 2000; i++) {
      pools.take(Need.ONE);
    }
    assertThat(pools.pool.keys()).allMatch(key -> key.inFlight() >= 5 && key.inFlight() <= 15);
  }

  @Test
  void nearestGoesByTheOrderOfTheOwnRegionAndFurtherAsKeysRest() {
    Pools pools =
        new Pools(
            """
            strategy: nearest
            region: us-west-2
            keys:
              - {name: nowhere, secret: a}
              - {name: tokyo, secret: b, region: ap-northeast-1}
              - {name: ireland, secret: c, region: eu-west-1}
              - {name: oregon, secret: d, region: us-west-2}
              - {name: california, secret: e, region: us-west-1}
            """);
    for (String expected : List.of("oregon", "california", "ireland", "tokyo", "nowhere")) {
      assertThat(pools.use(Need.ONE)).isEqualTo(expected);
      pools.rest(expected, SECOND);
    }
    assertThat(pools.tryTake(Need.ONE)).isNull();
  }

  @Test
  void anOrderOfRegionsOfOnesOwnCounts() {
    Pools pools =
        new Pools(
            """
            strategy: nearest
            region: eu-north-1
            regions: {eu-north: [eu-central-1, us-east-1]}
            keys:
              - {name: virginia, secret: a, region: us-east-1}
              - {name: frankfurt, secret: b, region: eu-central-1}
            """);
    assertThat(pools.use(Need.ONE)).isEqualTo("frankfurt");
  }

  @Test
  void callsThatShareSomethingKeepTheirKeyWhileItIsUsable() {
    Pools pools = new Pools(many(20));
    Set<String> homes = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Need conversation = Need.ONE.sharing("conversation-" + i);
      String home = pools.use(conversation);
      homes.add(home);
      assertThat(pools.spread(conversation, 5)).isEqualTo(Map.of(home, 5));
    }
    assertThat(homes).as("conversations are spread").hasSizeGreaterThan(10);

    Need one = Need.ONE.sharing("conversation-1");
    String home = pools.use(one);
    pools.rest(home, SECOND);
    assertThat(pools.use(one)).isNotEqualTo(home);
    pools.clock.advance(Duration.ofSeconds(3));
    assertThat(pools.use(one)).isEqualTo(home);
  }

  @Test
  void aPinnedCallTakesItsKeyAndNoOther() {
    Pools pools = new Pools(many(3));
    Need pinned = Need.ONE.by("k2");
    assertThat(pools.spread(pinned, 5)).isEqualTo(Map.of("k2", 5));
    pools.rest("k2", SECOND);
    assertThat(pools.tryTake(pinned)).isNull();
    assertThat(pools.pool.outlook(pinned, pools.clock.nanoTime()).nanos()).isEqualTo(SECOND);
    assertThat(pools.describe(pinned)).doesNotContain("k1");
  }

  @Test
  void keysOfATierAreForCallsThatAskForIt() {
    Pools pools =
        new Pools("keys: [{name: plain, secret: a}, {name: gold, secret: b, tier: gold}]");
    assertThat(pools.spread(Need.ONE, 4)).containsOnlyKeys("plain");
    assertThat(pools.spread(tier("gold"), 4)).containsOnlyKeys("gold");
    assertThat(pools.tryTake(tier("silver"))).isNull();
    assertThat(pools.describe(tier("silver")))
        .isEqualTo("no key of tier `silver` serves such a call");
  }

  @Test
  void urgentCallsHaveKeysOfTheirOwn() {
    Pools pools =
        new Pools("keys: [{name: any, secret: a}, {name: urgent, secret: b, urgency: high}]");
    assertThat(pools.spread(of(Urgency.LOW), 4)).containsOnlyKeys("any");
    assertThat(pools.spread(of(Urgency.MEDIUM), 4)).containsOnlyKeys("any");
    assertThat(pools.spread(of(Urgency.HIGH), 4)).containsOnlyKeys("any", "urgent");
  }

  @Test
  void aKeyServesItsModelsOnly() {
    Pools pools =
        new Pools(
            """
            keys:
              - {name: small, secret: a, models: [gpt-4o-mini, "o*-mini"]}
              - {name: all, secret: b}
            """);
    assertThat(pools.spread(Need.of("o3-mini"), 4)).containsOnlyKeys("all", "small");
    assertThat(pools.spread(Need.of("gpt-4o"), 4)).containsOnlyKeys("all");
    assertThat(pools.spread(Need.ONE, 4)).as("of no known model").hasSize(2);
  }

  @Test
  void aLaneThatRestsLeavesTheOthersUsable() {
    Pools pools = new Pools("keys: [{name: a, secret: a}]");
    pools.key("a").lane("large").rest(pools.clock.nanoTime() + SECOND, "test");
    assertThat(pools.tryTake(Need.of("large"))).isNull();
    assertThat(pools.use(Need.of("small"))).isEqualTo("a");
    assertThat(pools.key("a").status("large")).isEqualTo(KeyStatus.RATE_LIMITED);
    assertThat(pools.key("a").status("small")).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void limitsOfAnApiHoldForAllItsKeysTogether() {
    Pools pools = new Pools("limits: {requests: 5/1m}\n" + many(3));
    assertThat(pools.spread(Need.ONE, 5).values().stream().mapToInt(it -> it).sum()).isEqualTo(5);
    assertThat(pools.tryTake(Need.ONE)).isNull();
    assertThat(pools.describe(Need.ONE)).contains("API a");
    assertThat(pools.key("k1").inFlight()).isZero();
  }

  @Test
  void aLaneMayHaveLimitsOfItsOwn() {
    Pools pools =
        new Pools(
            """
            keys:
              - name: a
                secret: a
                limits: {requests: 100/1m, lanes: {"gpt-4*": {requests: 2/1m}}}
            """);
    pools.use(Need.of("gpt-4o"));
    pools.use(Need.of("gpt-4o"));
    assertThat(pools.tryTake(Need.of("gpt-4o"))).isNull();
    assertThat(pools.use(Need.of("o3"))).isEqualTo("a");
  }

  @Test
  void aBucketLetsItsBurstThroughAndThenItsRate() {
    Pools pools =
        new Pools(
            "keys: [{name: a, secret: a, limits: {requests: 60/1m, algorithm: token-bucket, burst: 5}}]");
    pools.spread(Need.ONE, 5);
    assertThat(pools.tryTake(Need.ONE)).isNull();
    pools.clock.advance(Duration.ofMillis(1001));
    pools.use(Need.ONE);
    assertThat(pools.tryTake(Need.ONE)).isNull();
  }

  @Test
  void requestsAndTokensCountTogetherAndAreSettled() {
    Pools pools =
        new Pools("keys: [{name: a, secret: a, limits: {requests: 10/1m, tokens: 1000/1m}}]");
    Need large = Need.ONE.withTokens(400, 400);
    Lane lane = pools.take(large);
    assertThat(pools.tryTake(large)).as("800 are reserved").isNull();

    lane.settle(large, new Spent(true, 100, 50, 150), pools.clock.nanoTime(), 0);
    lane.succeeded(0, pools.clock.nanoTime());
    assertThat(pools.tryTake(large)).as("150 were spent").isNotNull();
  }

  @Test
  void whatSurelyWasNotSentCostsNothing() {
    Pools pools = new Pools("keys: [{name: a, secret: a, limits: {requests: 1/1m}}]");
    Lane lane = pools.take(Need.ONE);
    long now = pools.clock.nanoTime();
    lane.settle(Need.ONE, Spent.NOTHING, now, now);
    lane.serviceFailed(0, now);
    assertThat(pools.tryTake(Need.ONE)).isNotNull();
  }

  @Test
  void aKeyWithFiveErrorsServesOnlyWhereThereIsNoOther() {
    Pools pools = new Pools(many(2));
    for (int i = 0; i < 5; i++) {
      pools.fail(pools.take(Need.ONE.by("k1")), Need.ONE.by("k1"));
    }
    assertThat(pools.key("k1").status("")).isEqualTo(KeyStatus.ERROR);
    assertThat(pools.spread(Need.ONE, 10)).containsOnlyKeys("k2");

    pools.rest("k2", SECOND);
    assertThat(pools.use(Need.ONE)).isEqualTo("k1");
    assertThat(pools.key("k1").status(""))
        .as("a success brings it back")
        .isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void aKeyInErrorIsTriedAgainAfterTheTimeOfItsBreaker() {
    Pools pools = new Pools("circuit-breaker: {open: 30s}\n" + many(2));
    for (int i = 0; i < 5; i++) {
      pools.fail(pools.take(Need.ONE.by("k1")), Need.ONE.by("k1"));
    }
    pools.clock.advance(Duration.ofSeconds(31));
    assertThat(pools.spread(Need.ONE, 10)).containsOnlyKeys("k1", "k2");
  }

  @Test
  void aPersonTakesAKeyOutAndBringsItBack() {
    Pools pools = new Pools(many(2));
    pools.key("k1").disableByHand();
    assertThat(pools.spread(Need.ONE, 4)).containsOnlyKeys("k2");
    assertThat(pools.key("k1").status("")).isEqualTo(KeyStatus.DISABLED);
    assertThat(pools.describe(Need.ONE)).contains("key k1 was disabled by a person");
    pools.clock.advance(Duration.ofDays(2));
    assertThat(pools.spread(Need.ONE, 4)).as("nobody probes it").containsOnlyKeys("k2");

    pools.key("k1").enableByHand();
    assertThat(pools.spread(Need.ONE, 4)).containsOnlyKeys("k1", "k2");
  }

  @Test
  void aResetForgetsBlameAndKeepsRests() {
    Pools pools = new Pools(many(1));
    pools.key("k1").disable("refused");
    pools.key("k1").reset();
    assertThat(pools.use(Need.ONE)).isEqualTo("k1");

    pools.rest("k1", SECOND);
    pools.key("k1").reset();
    assertThat(pools.tryTake(Need.ONE)).isNull();
  }

  @Test
  void keysThatTheProviderCountsTogetherShareWhatIsLearned() {
    Pools pools = new Pools(many(3));
    pools.pool.learnAccount(pools.key("k1"), "acme");
    pools.pool.learnAccount(pools.key("k2"), "acme");
    pools.rest("k1", SECOND);
    assertThat(pools.spread(Need.ONE, 6)).containsOnlyKeys("k3");
  }

  @Test
  void turnsGoOnWhenAccountsAreLearned() {
    Pools pools = new Pools(many(4));
    List<String> used = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = pools.use(Need.ONE);
      pools.pool.learnAccount(pools.key(name), "account of " + name);
      used.add(name);
    }
    assertThat(used).containsExactly("k1", "k2", "k3", "k4", "k1", "k2", "k3", "k4");
  }

  @Test
  void anAccountThatTheFileSaysIsNotLearned() {
    Pools pools =
        new Pools("keys: [{name: a, secret: a, account: one}, {name: b, secret: b, account: two}]");
    pools.pool.learnAccount(pools.key("a"), "acme");
    pools.pool.learnAccount(pools.key("b"), "acme");
    pools.rest("a", SECOND);
    assertThat(pools.use(Need.ONE)).isEqualTo("b");
  }

  @Test
  void oneSecretOfTwoApisSharesItsState() {
    Pools one = new Pools("keys: [{name: a, secret: same}]");
    KeyPool other =
        new KeyPool(
            Pools.settings("keys: [{name: b, secret: same}, {name: c, secret: another}]"),
            one.parts);
    one.rest("a", SECOND);
    Lane taken = Objects.requireNonNull(other.tryAcquire(Need.ONE, one.clock.nanoTime()));
    assertThat(taken.key().name()).isEqualTo("c");
    assertThat(Pools.describe(other, Need.ONE, one.clock.nanoTime())).contains("key b cools down");
  }

  @Test
  void oneSecretAtTwoProvidersIsTwoCredentials() {
    Pools one = new Pools("keys: [{name: a, secret: same}]");
    ApiSettings elsewhere =
        Objects.requireNonNull(
            Yaml.settings(
                    "apis: {b: {profile: generic-bearer, hosts: [other.example.com], keys: same}}")
                .apis()
                .get("b"));
    KeyPool other = new KeyPool(elsewhere, one.parts);
    one.rest("a", SECOND);
    assertThat(other.tryAcquire(Need.ONE, one.clock.nanoTime())).isNotNull();
  }

  @Test
  void aSecretThatHasMovedToAnotherKeyLeavesItsStateBehind() {
    Pools pools = new Pools("keys: [{name: a, secret: first}]");
    pools.update("keys: [{name: a, secret: second}]");
    pools.rest("a", SECOND);
    pools.update("keys: [{name: a, secret: second}, {name: b, secret: first}]");
    assertThat(pools.use(Need.ONE)).isEqualTo("b");
  }

  @Test
  void whatRestsIsNotLookedAtAgainBeforeItsTime() {
    Pools pools = new Pools(many(300));
    for (int i = 1; i < 300; i++) {
      pools.rest("k" + i, 10 * SECOND);
    }
    assertThat(pools.spread(Need.ONE, 300)).isEqualTo(Map.of("k300", 300));
    pools.clock.advance(Duration.ofSeconds(11));
    assertThat(pools.spread(Need.ONE, 600)).hasSize(300);
  }

  @Test
  void aPlaceThatBecomesFreeIsFoundAtOnce() {
    Pools pools =
        new Pools("keys: [{name: a, secret: a, limits: {concurrent: 1}}, {name: b, secret: b}]");
    Lane held = pools.take(Need.ONE.by("a"));
    assertThat(pools.spread(Need.ONE, 4)).containsOnlyKeys("b");
    pools.succeed(held, Need.ONE.by("a"));
    assertThat(pools.spread(Need.ONE, 4)).containsOnlyKeys("a", "b");
  }

  @Test
  void aReloadAddsAndTakesAwayWithoutLosingWhatTheOthersKnow() {
    Pools pools = new Pools(many(3));
    pools.rest("k1", 10 * SECOND);
    pools.key("k2").disableByHand();
    pools.update(many(4).replace("  - {name: k3, secret: s3}\n", ""));

    assertThat(pools.spread(Need.ONE, 4)).containsOnlyKeys("k4");
    assertThat(pools.pool.keys()).extracting(Key::name).containsExactly("k1", "k2", "k4");
  }

  @Test
  void metersAreKeptByNameAcrossReloads() {
    Pools pools = new Pools(many(1));
    pools.use(Need.ONE);
    EngineMeters meters = pools.parts.meters();
    pools.update(many(2));
    assertThat(meters.stats("key", "a/k1").calls()).isEqualTo(1);
  }

  private static String many(int keys) {
    StringBuilder text = new StringBuilder("keys:\n");
    for (int i = 1; i <= keys; i++) {
      text.append("  - {name: k").append(i).append(", secret: s").append(i).append("}\n");
    }
    return text.toString();
  }
}
