package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final FakeClock clock = new FakeClock();
  private final AtomicLong calls = new AtomicLong();

  private int retries(RetryBudget budget) {
    int retries = 0;
    while (budget.tryRetry()) {
      retries++;
    }
    return retries;
  }

  @Test
  void aProgramWithFewCallsMayStillRetry() {
    assertThat(retries(new RetryBudget(0.2, calls::get, clock))).isEqualTo(10);
  }

  @Test
  void retriesAreAShareOfTheCalls() {
    RetryBudget budget = new RetryBudget(0.2, calls::get, clock);
    calls.set(1000);
    assertThat(retries(budget)).isEqualTo(200);
    calls.set(1100);
    assertThat(retries(budget)).isEqualTo(20);
  }

  @Test
  void aShareOfNoneMeansNoRetryAtAll() {
    calls.set(1000);
    assertThat(retries(new RetryBudget(0, calls::get, clock))).isZero();
  }

  @Test
  void eachWindowCountsAfresh() {
    RetryBudget budget = new RetryBudget(0.2, calls::get, clock);
    assertThat(retries(budget)).isEqualTo(10);
    clock.advance(Duration.ofSeconds(9));
    assertThat(retries(budget)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(retries(budget)).isEqualTo(10);
  }

  @Test
  void anHourWithoutTroubleEarnsTenSecondsOfIt() {
    RetryBudget budget = new RetryBudget(0.2, calls::get, clock);
    clock.advance(Duration.ofHours(1));
    calls.set(3600 * 100);
    assertThat(retries(budget)).isEqualTo(200);
  }
}
