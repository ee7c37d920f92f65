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

/** A key's breaker: half of the last ten attempts open it. */
class BreakerTest {

  private static final String BREAKER =
      "circuit-breaker: {failure-rate: 50%, window: 10, open: 60s, half-open: 3}";

  private final FakeClock clock = new FakeClock();
  private final KeyPool pool =
      new KeyPool(settings(), PoolParts.of(new EngineMeters(), clock, () -> 0.5));

  private static ApiSettings settings() {
    return Objects.requireNonNull(Yaml.settings(Yaml.api(1, BREAKER)).apis().get("a"));
  }

  private boolean isOpen() {
    Lane lane = pool.tryAcquire(Need.ONE, clock.nanoTime());
    if (lane != null) {
      lane.giveBack(Need.ONE, clock.nanoTime(), clock.nanoTime());
    }
    return lane == null;
  }

  private Lane take() {
    return Objects.requireNonNull(pool.tryAcquire(Need.ONE, clock.nanoTime()));
  }

  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      take().succeeded(1, clock.nanoTime());
    }
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      take().serviceFailed(1, clock.nanoTime());
    }
  }

  @Test
  void afterALongRowOfSuccessesItOpensWithTheFailureThatFillsHalfOfTheWindow() {
    succeed(1000);

    fail(4);
    assertThat(isOpen()).isFalse();
    fail(1);
    assertThat(isOpen()).isTrue();
  }

  @Test
  void aWindowOfSuccessesForgetsAFailure() {
    succeed(1000);
    fail(4);
    succeed(10);

    fail(4);
    assertThat(isOpen()).isFalse();
  }

  @Test
  void halfOpenItClosesAfterSuccessesAndBeginsAnew() {
    succeed(1000);
    fail(5);
    clock.advance(Duration.ofSeconds(61));

    succeed(3);
    assertThat(isOpen()).isFalse();
    succeed(1);
    fail(3);
    assertThat(isOpen()).as("four calls of the new window are too few to judge").isFalse();
    fail(1);
    assertThat(isOpen()).as("four of five").isTrue();
  }

  @Test
  void aKeyIsUntroubledUntilItFailsAndAgainAfterAWindowOfSuccesses() {
    Key key = pool.keys().get(0);
    succeed(3);
    assertThat(key.isUntroubled()).isTrue();
    fail(2);
    succeed(9);
    assertThat(key.isUntroubled()).isFalse();
    succeed(2);
    assertThat(key.isUntroubled()).isTrue();
    fail(5);
    assertThat(isOpen()).isTrue();
    key.reset();
    assertThat(isOpen()).isFalse();
    assertThat(key.isUntroubled()).isTrue();
    key.disable("test");
    assertThat(key.isUntroubled()).isFalse();
    key.enable();
    key.disableByHand();
    assertThat(key.isUntroubled()).isFalse();
    key.enableByHand();
    assertThat(key.isUntroubled()).isTrue();
  }
}
