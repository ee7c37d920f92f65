package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateAllowanceTest {

  private final FakeClock clock = new FakeClock();

  private RateAllowance allowance(Kind kind, String rate) {
    return new RateAllowance("k1", kind, Rate.parse(rate), Algorithm.SLIDING_WINDOW, clock);
  }

  private long now() {
    return clock.nanoTime();
  }

  private static Need tokens(long input, long output) {
    return Need.ONE.withTokens(input, output);
  }

  @Test
  void eachKindTakesWhatItCounts() {
    Need need = tokens(300, 200);
    for (Kind kind : Kind.values()) {
      RateAllowance allowance = allowance(kind, "1000/1m");
      assertThat(allowance.tryTake(need, now())).isTrue();
      long taken =
          switch (kind) {
            case REQUESTS -> 1;
            case TOKENS -> 500;
            case INPUT_TOKENS -> 300;
            case OUTPUT_TOKENS -> 200;
          };
      assertThat(allowance.freeShare(now())).isEqualTo(1 - taken / 1000.0, within(1e-9));
    }
  }

  @Test
  void theEstimateIsReplacedByWhatTheAnswerTells() {
    RateAllowance allowance = allowance(Kind.TOKENS, "1000/1m");
    Need need = tokens(300, 700);
    assertThat(allowance.tryTake(need, now())).isTrue();
    assertThat(allowance.tryTake(tokens(1, 0), now())).isFalse();
    allowance.settle(need, new Spent(true, 300, 50, -1), now(), now());
    assertThat(allowance.freeShare(now())).isEqualTo(0.65, within(1e-9));
    assertThat(allowance.tryTake(tokens(650, 0), now())).isTrue();
  }

  @Test
  void whatNeverLeftIsThereAgain() {
    RateAllowance requests = allowance(Kind.REQUESTS, "1/1m");
    assertThat(requests.tryTake(Need.ONE, now())).isTrue();
    requests.giveBack(Need.ONE, now(), now());
    assertThat(requests.tryTake(Need.ONE, now())).isTrue();
    requests.settle(Need.ONE, Spent.REFUSED, now(), now());
    assertThat(requests.tryTake(Need.ONE, now())).as("a refusal costs a request").isFalse();
  }

  @Test
  void aLimitOfTokensThatIsUsedUpHoldsThoughNobodyCountsThem() {
    RateAllowance allowance = allowance(Kind.TOKENS, "1000/1m");
    long takenAt = now();
    assertThat(allowance.tryTake(Need.ONE, now())).isTrue();
    clock.advance(Duration.ofSeconds(5));
    allowance.settle(Need.ONE, new Spent(true, -1, -1, 5000), takenAt, now());
    assertThat(allowance.tryTake(Need.ONE, now())).isFalse();
    assertThat(Duration.ofNanos(allowance.nanosTo(Need.ONE, now())))
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
    clock.advance(Duration.ofNanos(allowance.nanosTo(Need.ONE, now())));
    assertThat(allowance.tryTake(Need.ONE, now())).isTrue();
  }

  @Test
  void anAttemptThatTellsNothingCostsItsEstimate() {
    RateAllowance allowance = allowance(Kind.INPUT_TOKENS, "1000/1m");
    assertThat(allowance.tryTake(tokens(400, 9), now())).isTrue();
    allowance.settle(tokens(400, 9), Spent.UNTOLD, now(), now());
    assertThat(allowance.freeShare(now())).isEqualTo(0.6, within(1e-9));
  }

  @Test
  void itSaysWhatIsUsedUpAndForHowLong() {
    RateAllowance allowance =
        new RateAllowance(
            "requests of account acme",
            Kind.REQUESTS,
            Rate.parse("1/1m"),
            Algorithm.FIXED_WINDOW,
            clock);
    assertThat(allowance.tryTake(Need.ONE, now())).isTrue();
    assertThat(allowance.whyNot(Need.ONE, now()))
        .isEqualTo("is at its limit (requests of account acme: 1/1m) for 60 s");
  }
}
