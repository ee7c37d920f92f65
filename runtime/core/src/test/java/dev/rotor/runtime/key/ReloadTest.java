package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, accounts and limits that change while attempts are under way. */
class ReloadTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private static int takeAll(Pools pools) {
    int taken = 0;
    while (pools.tryTake(Need.ONE) != null) {
      taken++;
    }
    return taken;
  }

  private static KeyPool another(Pools pools, String key) {
    ApiSettings settings =
        Objects.requireNonNull(
            Yaml.settings(
                    "apis: {b: {profile: generic-bearer, hosts: [api.example.com], keys: ["
                        + key
                        + "]}}")
                .apis()
                .get("b"));
    return new KeyPool(settings, pools.parts);
  }

  @Test
  void aReloadThatChangesNothingKeepsAnOpenBreaker() {
    String yaml = "circuit-breaker: {window: 4, open: 60s}\nkeys: [{name: a, secret: a}]";
    Pools pools = new Pools(yaml);
    for (Lane lane = pools.take(Need.ONE); lane != null; lane = pools.tryTake(Need.ONE)) {
      pools.fail(lane, Need.ONE);
    }
    pools.update(yaml);
    assertThat(pools.tryTake(Need.ONE)).isNull();
  }

  @Test
  void anAttemptGivesNothingBackToAQuotaThatItDidNotTakeFrom() {
    Pools pools = new Pools("keys: [{name: a, secret: a}]");
    List<Lane> underWay = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      underWay.add(pools.take(Need.ONE));
    }
    long takenAt = pools.clock.nanoTime();
    pools.update("keys: [{name: a, secret: a, quota: {daily: 5}}]");
    int taken = takeAll(pools);
    for (Lane lane : underWay) {
      lane.settle(Need.ONE, Spent.NOTHING, takenAt, pools.clock.nanoTime());
      lane.ended(0);
    }
    pools.clock.advance(Duration.ofSeconds(2));
    assertThat(taken + takeAll(pools)).isEqualTo(5);
  }

  @Test
  void anAttemptGivesNothingBackToALimitThatItDidNotTakeFrom() {
    String bucket = "keys: [{name: a, secret: a, limits: {requests: %s, algorithm: token-bucket}}]";
    Pools pools = new Pools(bucket.formatted("10/1h"));
    List<Lane> underWay = List.of(pools.take(Need.ONE), pools.take(Need.ONE));
    long takenAt = pools.clock.nanoTime();
    pools.update(bucket.formatted("2/1h"));
    int taken = takeAll(pools);
    for (Lane lane : underWay) {
      lane.settle(Need.ONE, Spent.NOTHING, takenAt, takenAt);
      lane.ended(0);
    }
    pools.clock.advance(Duration.ofSeconds(2));
    assertThat(taken + takeAll(pools)).isEqualTo(2);
  }

  @Test
  void anotherApiWithTheSameSecretDoesNotLiftLimitsAndQuota() {
    Pools pools = new Pools("keys: [{name: k, secret: s, quota: {daily: 2}}]");
    KeyPool other = another(pools, "{name: k, secret: s}");
    int taken = takeAll(pools);
    while (other.tryAcquire(Need.ONE, pools.clock.nanoTime()) != null) {
      taken++;
    }
    assertThat(taken).isEqualTo(2);
  }

  @Test
  void aReloadOfTwoApisWithOneSecretGivesNoLimitAnew() {
    String mine = "keys: [{name: k, secret: s, limits: {requests: 2/1m}}]";
    Pools pools = new Pools(mine);
    KeyPool other = another(pools, "{name: k, secret: s, limits: {requests: 3/1m}}");
    int taken = 0;
    for (int i = 0; i < 3; i++) {
      taken += takeAll(pools);
      pools.update(mine);
      other.update(Pools.settings(mine.replace("2/1m", "3/1m")), pools.parts);
    }
    assertThat(taken).isEqualTo(2);
  }

  @Test
  void oneOfTwoKeysOfOneSecretThatGetsAnotherHasAnAccountOfItsOwn() {
    Pools pools = new Pools("keys: [{name: a, secret: s}, {name: b, secret: s}]");
    pools.update("keys: [{name: a, secret: s}, {name: b, secret: other}]");
    pools.rest("a", MINUTE);
    assertThat(pools.use(Need.ONE)).isEqualTo("b");
  }

  @Test
  void aKeyAndAnAccountOfOneNameHaveQuotasOfTheirOwn() {
    Pools pools =
        new Pools(
            """
            keys:
              - {name: acme, secret: a, quota: {daily: 5}}
              - {name: b, secret: b, account: acme, quota: {daily: 2}}
            """);
    assertThat(takeAll(pools)).isEqualTo(7);
  }

  @Test
  void theAnswerThatTellsTheAccountMayRestItToo() {
    Pools pools = new Pools("keys: [{name: a, secret: a}, {name: b, secret: b}]");
    Lane lane = pools.take(Need.ONE);
    pools.pool.learnAccount(lane.key(), "org-1");
    lane.rest(pools.clock.nanoTime() + MINUTE, "429");
    lane.ended(0);
    assertThat(pools.spread(Need.ONE, 6)).doesNotContainKey(lane.key().name());
  }

  @Test
  void anAccountThatIsToldForgetsNoRest() {
    Pools pools = new Pools("keys: [{name: a, secret: a}]");
    Lane first = pools.take(Need.ONE);
    Lane second = pools.take(Need.ONE);
    first.rest(pools.clock.nanoTime() + MINUTE, "429");
    first.ended(0);
    pools.pool.learnAccount(second.key(), "org-1");
    second.ended(0);
    assertThat(pools.tryTake(Need.ONE)).isNull();
  }

  @Test
  void accountsThatAreToldAreBounded() {
    Pools pools = new Pools("keys: [{name: a, secret: a}]");
    for (int i = 0; i < 10_000; i++) {
      pools.pool.learnAccount(pools.key("a"), "org-" + i);
    }
    assertThat(pools.parts.accounts().told("a", "one more")).isNull();
    assertThat(pools.use(Need.ONE)).isEqualTo("a");
  }

  @Test
  void aReloadThatChangesALimitKeepsWhatWasUsedOfIt() {
    String limited = "keys: [{name: a, secret: s, limits: {requests: %s}}]";
    Pools pools = new Pools(limited.formatted("100/1m"));
    assertThat(takeAll(pools)).isEqualTo(100);
    pools.update(limited.formatted("101/1m"));
    assertThat(takeAll(pools)).isEqualTo(1);
    pools.update(limited.formatted("50/1m"));
    assertThat(takeAll(pools)).isZero();
    pools.clock.advance(Duration.ofMinutes(2));
    assertThat(takeAll(pools)).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests: 100/1m, tokens: 1000/1m",
        "requests: 100/1m, algorithm: token-bucket",
        "requests: 100/1m, algorithm: fixed-window",
        "requests: 100/1m, concurrent: 1000",
        "requests: 100/1m, lanes: {other: {requests: 5/1m}}",
        "requests: 200/2m"
      })
  void aReloadThatChangesAnotherPartOfTheLimitsKeepsWhatWasUsed(String next) {
    Pools pools = new Pools("keys: [{name: a, secret: s, limits: {requests: 100/1m}}]");
    assertThat(takeAll(pools)).isEqualTo(100);
    pools.update("keys: [{name: a, secret: s, limits: {" + next + "}}]");
    assertThat(takeAll(pools)).isEqualTo(next.startsWith("requests: 200") ? 100 : 0);
  }

  @Test
  void aReloadThatChangesALimitOfAllKeysTogetherKeepsWhatWasUsedOfIt() {
    String limited = "keys: [{name: a, secret: s}]\nlimits: {requests: %s}";
    Pools pools = new Pools(limited.formatted("100/1m"));
    assertThat(takeAll(pools)).isEqualTo(100);
    pools.update(limited.formatted("101/1m"));
    assertThat(takeAll(pools)).isEqualTo(1);
  }

  @Test
  void anAttemptUnderWayInAReloadGivesBackWhatItTook() {
    String limited = "keys: [{name: a, secret: s, limits: {requests: %s}}]";
    Pools pools = new Pools(limited.formatted("2/1m"));
    Lane lane = pools.take(Need.ONE);
    long takenAt = pools.clock.nanoTime();
    pools.clock.advance(Duration.ofSeconds(1));
    pools.update(limited.formatted("3/1m"));
    assertThat(takeAll(pools)).isEqualTo(2);
    lane.settle(Need.ONE, Spent.NOTHING, takenAt, pools.clock.nanoTime());
    lane.ended(0);
    assertThat(takeAll(pools)).isEqualTo(1);
  }
}
