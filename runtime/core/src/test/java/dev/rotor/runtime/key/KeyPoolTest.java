package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KeyPoolTest {

  private final FakeClock clock = new FakeClock();
  private final PoolParts parts = PoolParts.of(new EngineMeters(), clock, () -> 0.5);
  private final KeyPool pool = pool(Yaml.api(2));

  private KeyPool pool(String yaml) {
    return new KeyPool(settings(yaml), PoolParts.of(new EngineMeters(), clock, () -> 0.5));
  }

  private static ApiSettings settings(String yaml) {
    return Objects.requireNonNull(Yaml.settings(yaml).apis().get("a"));
  }

  private Lane take() {
    return Objects.requireNonNull(pool.tryAcquire(Need.ONE, clock.nanoTime()));
  }

  private boolean isUsable() {
    Lane lane = pool.tryAcquire(Need.ONE, clock.nanoTime());
    if (lane != null) {
      lane.giveBack(Need.ONE, clock.nanoTime(), clock.nanoTime());
    }
    return lane != null;
  }

  private void rest(Duration time) {
    for (int i = 0; i < 2; i++) {
      Lane lane = take();
      lane.rest(clock.nanoTime() + time.toNanos(), "test");
      lane.ended(0);
    }
  }

  @Test
  void aReloadKeepsKeysAndTheirStateByName() {
    Key before = take().key();
    rest(Duration.ofMinutes(1));

    pool.update(settings(Yaml.api(3, "strategy: priority")), parts);

    assertThat(pool.keys()).hasSize(3).contains(before);
    assertThat(before.inFlight()).isEqualTo(1);
    assertThat(take().key().name()).isEqualTo("k3");
  }

  @Test
  void aChangedSecretClearsBlameAndKeepsRests() {
    take().key().disable("refused");
    take().key().disable("refused");
    assertThat(isUsable()).isFalse();

    pool.update(settings(Yaml.api(2).replace("secret-of-", "another-of-")), parts);
    assertThat(isUsable()).isTrue();

    rest(Duration.ofMinutes(1));
    pool.update(settings(Yaml.api(2)), parts);
    assertThat(isUsable()).as("limits belong to the account, whatever its secret").isFalse();
  }

  @Test
  void anUnchangedSecretKeepsBlame() {
    take().key().disable("refused");
    take().key().disable("refused");

    pool.update(settings(Yaml.api(2)), parts);

    assertThat(isUsable()).isFalse();
    assertThat(Pools.describe(pool, Need.ONE, clock.nanoTime()))
        .contains("key k1 is disabled: refused");
  }

  @Test
  void aReloadWithAnotherLimitKeepsCoolDownsAndBlame() {
    take().key().disable("refused");
    Lane second = take();
    second.rest(clock.nanoTime() + Duration.ofMinutes(1).toNanos(), "test");
    second.ended(0);

    pool.update(
        settings(Yaml.api(2).replaceAll("(secret-of-k\\d)", "$1, limits: {requests: 5/1m}")),
        parts);

    assertThat(isUsable()).isFalse();
    clock.advance(Duration.ofMinutes(6));
    assertThat(isUsable()).isTrue();
  }

  @Test
  void aReloadWithAnotherBreakerTakesEffect() {
    for (int i = 0; i < 12; i++) {
      take().serviceFailed(0, clock.nanoTime());
    }
    pool.update(settings(Yaml.api(2, "circuit-breaker: {window: 2}")), parts);

    for (int i = 0; i < 2; i++) {
      take().serviceFailed(0, clock.nanoTime());
    }

    assertThat(isUsable()).isFalse();
    pool.update(settings(Yaml.api(2, "circuit-breaker: off")), parts);
    assertThat(isUsable()).isTrue();
  }

  @Test
  void keysOfOneAccountShareItsLimitThoughOnlyOneSaysIt() {
    KeyPool shared =
        pool(
            """
            apis:
              a:
                profile: generic-bearer
                hosts: [api.example.com]
                keys:
                  - {name: k1, secret: one, account: acme}
                  - {name: k2, secret: two, account: acme, limits: {requests: 3/1m}}
            """);
    int taken = 0;
    while (shared.tryAcquire(Need.ONE, clock.nanoTime()) != null) {
      taken++;
    }
    assertThat(taken).isEqualTo(3);
  }

  @Test
  void anAttemptThatCouldNotBeginGivesItsPermitBack() {
    KeyPool one = pool(Yaml.api(1).replace("k1}", "k1, limits: {requests: 2/1m, concurrent: 1}}"));
    Lane first = Objects.requireNonNull(one.tryAcquire(Need.ONE, clock.nanoTime()));
    assertThat(one.tryAcquire(Need.ONE, clock.nanoTime())).isNull();
    assertThat(one.outlook(Need.ONE, clock.nanoTime()).busy()).isTrue();
    first.ended(0);

    assertThat(one.tryAcquire(Need.ONE, clock.nanoTime())).isNotNull();
  }

  @Test
  void aKeySwitchedOffOrWithoutSecretIsNeverUsed() {
    KeyPool one =
        pool(
            Yaml.api(1)
                + """
                      - {name: off, secret: x, enabled: false}
                      - {name: missing, secret: "${NOT_THERE}"}
                """);
    for (int i = 0; i < 6; i++) {
      assertThat(Objects.requireNonNull(one.tryAcquire(Need.ONE, clock.nanoTime())).key().name())
          .isEqualTo("k1");
    }
    assertThat(Pools.describe(one, Need.ONE, clock.nanoTime()))
        .contains("key off is disabled in the configuration")
        .contains("key missing has no secret (NOT_THERE)");
  }

  @Test
  void aDisabledKeyIsProbedByOneAttemptAfterFiveMinutes() {
    take().key().disable("refused");
    take().key().disable("refused");
    clock.advance(Duration.ofMinutes(5));

    Lane probe = take();
    Lane second = take();
    assertThat(probe.key()).isNotSameAs(second.key());
    assertThat(isUsable()).isFalse();

    probe.succeeded(0, clock.nanoTime());
    assertThat(isUsable()).isTrue();
  }
}
