package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold.Kind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LearnedPropertiesTest {

  private static final long RESET = 1_000_000_000;

  /** What is told of a time is cut to this; and a little for what a double rounds. */
  private static final long MILLI = 1_001_000;

  /**
   * Takes wanted after a pause, and what an answer tells first.
   *
   * @param remaining that it tells; -1: no answer
   */
  record Step(long pause, long takes, long remaining) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.longs().between(0, RESET / 10),
            Arbitraries.longs().between(0, 30),
            Arbitraries.longs().between(-1, 120))
        .as(Step::new);
  }

  @Property
  void noMoreIsTakenThanAnyAnswerOfTheWindowTold(
      @ForAll @LongRange(min = 1, max = 100) long limit,
      @ForAll boolean even,
      @ForAll @Size(min = 1, max = 9) List<@From("steps") Step> steps) {
    LearnedAllowance learned = new LearnedAllowance();
    long now = -RESET / 2;
    long reset = now + RESET;
    tell(learned, limit, limit, even, reset, now);
    double most = limit;
    long before = now;
    double perNano = 0;
    for (Step step : steps) {
      now += step.pause();
      most = Math.min((double) limit, most + (now - before) * perNano);
      before = now;
      if (step.remaining() >= 0) {
        long remaining = Math.min(limit, step.remaining());
        tell(learned, limit, step.remaining(), even, reset, now);
        most = Math.min(most, (double) remaining);
        if (even && remaining < limit) {
          perNano = (limit - remaining) / (double) (reset - now);
        }
      }
      for (long i = 0; i < step.takes() && learned.tryTake(Need.ONE, now); i++) {
        most--;
      }
      assertThat(most).isGreaterThanOrEqualTo(-1e-6);
    }
  }

  private static void tell(
      LearnedAllowance learned, long limit, long remaining, boolean even, long reset, long now) {
    learned.learn(
        List.of(new LimitTold("n", Kind.REQUESTS, limit, remaining, reset - now, even)),
        null,
        null,
        now,
        now);
  }

  @Property
  void noLaneRestsLongerThanItWasTold(
      @ForAll @LongRange(min = -1, max = Long.MAX_VALUE) long limit,
      @ForAll @LongRange(min = -1, max = Long.MAX_VALUE) long remaining,
      @ForAll @LongRange(min = -1, max = Long.MAX_VALUE) long reset,
      @ForAll boolean even,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long tokens,
      @ForAll Kind kind) {
    LearnedAllowance learned = new LearnedAllowance();
    Need need = Need.ONE.withTokens(tokens, tokens);
    learned.learn(
        List.of(new LimitTold("n", kind, limit, remaining, reset, even)), null, null, 0, 0);
    long wait = learned.nanosTo(need, 0);
    assertThat(wait).isBetween(0L, Math.max(0, Math.min(reset, Long.MAX_VALUE - MILLI)) + MILLI);
    assertThat(learned.tryTake(need, wait)).isTrue();
    learned.settle(need, Spent.NOTHING, 0, wait);
    assertThat(learned.freeShare(wait)).isBetween(0.0, 1.0);
  }
}
