package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The formulas of docs/strategies, by hand. */
class ScoresTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pools pools =
      new Pools(
          "strategy: fastest\nkeys: [{name: a, secret: a, priority: 3, limits: {requests: 10/1m}}]");

  private double capacity() {
    return Scores.capacity(pools.key("a").lane(""), pools.clock.nanoTime());
  }

  private double performance() {
    return pools.key("a").health().performance(pools.clock.nanoTime());
  }

  private void answer(long nanos) {
    Lane lane = pools.take(Need.ONE);
    lane.settle(Need.ONE, Spent.NOTHING, pools.clock.nanoTime(), pools.clock.nanoTime());
    lane.succeeded(nanos, pools.clock.nanoTime());
  }

  @Test
  void aFreshKeyHasAllItsCapacityTimesItsPriority() {
    assertThat(capacity()).isCloseTo(3, within(1e-9));
  }

  @Test
  void capacityFallsWithTheLimitAndWithErrors() {
    for (int i = 0; i < 5; i++) {
      pools.use(Need.ONE);
    }
    assertThat(capacity()).isCloseTo((0.4 * 0.5 + 0.4 + 0.2) * 3, within(1e-6));
    pools.fail(pools.take(Need.ONE), Need.ONE);
    assertThat(capacity()).isCloseTo((0.4 * 0.4 + 0.4 + 0.2 * 0.9) * 3, within(1e-6));
  }

  @Test
  void whatIsUnknownPerformsByHalf() {
    assertThat(performance()).isEqualTo(0.5);
  }

  @Test
  void performanceIsOfSuccessSpeedRecencyAndFailuresInARow() {
    answer(SECOND / 10);
    assertThat(performance()).isCloseTo(0.4 + 0.3 + 0.2 + 0.1, within(1e-9));

    pools.clock.advance(Duration.ofMinutes(30));
    assertThat(performance()).isCloseTo(0.4 + 0.3 + 0.2 * 0.5 + 0.1, within(1e-6));

    pools.fail(pools.take(Need.ONE), Need.ONE);
    assertThat(performance()).isCloseTo(0.4 * 0.5 + 0.3 + 0.2 * 0.5 + 0.1 * 0.9, within(1e-6));
  }

  @Test
  void aSecondIsOnTheWayFromFastToSlow() {
    answer(SECOND);
    double speed = (5 - 1) / (5 - 0.1);
    assertThat(performance()).isCloseTo(0.4 + 0.3 * speed + 0.2 + 0.1, within(1e-9));
  }

  @Test
  void onlyTheLastHundredAnswersCount() {
    for (int i = 0; i < 50; i++) {
      answer(5 * SECOND);
    }
    for (int i = 0; i < 100; i++) {
      answer(SECOND / 10);
    }
    assertThat(performance()).isCloseTo(1, within(1e-9));
  }
}
