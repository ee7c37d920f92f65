package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds of every meter, whatever it is asked and when. */
class MeterPropertiesTest {

  private static final long START = -5_000_000_000L;

  /**
   * Something asked of a meter.
   *
   * @param pause nanoseconds since what was asked before
   * @param reserved whether it may wait in line
   */
  record Step(long pause, long amount, boolean reserved) {}

  /** Something taken, and the instant from which it may be used. */
  private record Taken(long at, long amount) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 3_000),
            Arbitraries.longs().between(1, 30),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
        .as(Step::new);
  }

  private static Rate rate(long permits, long per) {
    return new Rate(permits, Duration.ofNanos(per));
  }

  private static List<Taken> run(Meter meter, List<Step> steps) {
    List<Taken> taken = new ArrayList<>();
    long now = START;
    for (Step step : steps) {
      now += step.pause();
      long wait = meter.reserve(step.amount(), now, step.reserved() ? Long.MAX_VALUE : 0);
      if (wait >= 0) {
        taken.add(new Taken(now + wait, step.amount()));
      }
    }
    return taken;
  }

  @Property
  void aSlidingWindowNeverHoldsMoreThanTheWhole(
      @ForAll @LongRange(min = 1, max = 50) long permits,
      @ForAll @LongRange(min = 1, max = 20_000) long per,
      @ForAll @Size(max = 80) List<@From("steps") Step> steps) {
    List<Taken> taken = run(Window.sliding(rate(permits, per), START), steps);
    for (int from = 0; from < taken.size(); from++) {
      long sum = 0;
      for (int to = from; to < taken.size(); to++) {
        if (taken.get(to).at() - taken.get(from).at() < per) {
          sum += Math.min(permits, taken.get(to).amount());
        }
      }
      assertThat(sum).isLessThanOrEqualTo(permits);
    }
  }

  @Property
  void aBucketNeverGivesMoreThanItsBurstAndItsRate(
      @ForAll @LongRange(min = 1, max = 50) long permits,
      @ForAll @LongRange(min = 1, max = 50) long burst,
      @ForAll @LongRange(min = 1, max = 20_000) long per,
      @ForAll @Size(max = 80) List<@From("steps") Step> steps) {
    List<Taken> taken = run(new TokenBucket(rate(permits, per), burst, START), steps);
    for (int from = 0; from < taken.size(); from++) {
      long sum = 0;
      for (int to = from; to < taken.size(); to++) {
        sum += Math.min(burst, taken.get(to).amount());
        long time = taken.get(to).at() - taken.get(from).at();
        // instants are told in whole nanoseconds, the later one up to one less late than the other
        assertThat((sum - burst) * per).isLessThan(permits * (time + 1));
      }
    }
  }

  @Property
  void whatIsThereComesAtTheInstantThatWasTold(
      @ForAll Algorithm algorithm,
      @ForAll @LongRange(min = 1, max = 50) long permits,
      @ForAll @LongRange(min = 1, max = 20_000) long per,
      @ForAll @Size(max = 40) List<@From("steps") Step> steps,
      @ForAll @LongRange(min = 1, max = 60) long amount) {
    Meter meter = Meter.of(algorithm, rate(permits, per), permits, START);
    run(meter, steps);
    long now = START + steps.stream().mapToLong(Step::pause).sum();
    long wait = meter.nanosTo(amount, now);
    if (wait > 0) {
      assertThat(meter.take(amount, now + wait - 1)).isFalse();
      assertThat(meter.nanosTo(amount, now + wait - 1)).isEqualTo(1);
    }
    assertThat(meter.take(amount, now + wait)).isTrue();
  }

  @Property
  void whatIsTakenAndSettledIsConserved(
      @ForAll Algorithm algorithm,
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 1, max = 100) Long> taken,
      @ForAll @Size(min = 20, max = 20) List<@LongRange(min = 0, max = 60) Long> costs) {
    long whole = 1000;
    Meter meter = Meter.of(algorithm, rate(whole, 1_000_000_000_000L), whole, START);
    List<Long> got = taken.stream().filter(amount -> meter.take(amount, START)).toList();
    long used = 0;
    for (int i = 0; i < got.size(); i++) {
      meter.settle(got.get(i), costs.get(i), START, START);
      used += costs.get(i);
    }
    long left = Math.max(0, whole - used);
    assertThat(meter.freeShare(START)).isEqualTo((double) left / whole, within(1e-9));
    assertThat(meter.take(left + 1, START)).isEqualTo(left == whole);
    for (int i = 0; i < got.size(); i++) {
      meter.settle(costs.get(i), 0, START, START);
    }
    assertThat(meter.freeShare(START)).isGreaterThanOrEqualTo(left == whole ? 0 : 1 - 1e-9);
  }

  /**
   * Something taken by estimate.
   *
   * @param cost in percent of the amount
   * @param lasts for how many steps until it is settled
   */
  record Attempt(long pause, long amount, int cost, int lasts) {
    long costs() {
      return amount * cost / 100;
    }
  }

  @Provide
  Arbitrary<Attempt> attempts() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 3_000),
            Arbitraries.longs().between(1, 30),
            Arbitraries.integers().between(0, 100),
            Arbitraries.integers().between(0, 8))
        .as(Attempt::new);
  }

  @Property
  void aBucketGivesNoMoreThanItsRateOfWhatAttemptsHaveCostIfTheyAreSettledLate(
      @ForAll @LongRange(min = 30, max = 50) long burst,
      @ForAll @LongRange(min = 1, max = 20_000) long per,
      @ForAll @Size(max = 80) List<@From("attempts") Attempt> attempts) {
    long permits = 50;
    Meter meter = new TokenBucket(rate(permits, per), burst, START);
    List<Taken> taken = new ArrayList<>();
    long[] takenAt = new long[attempts.size()];
    long now = START;
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      now += attempt.pause();
      for (int before = 0; before < i; before++) {
        Attempt ended = attempts.get(before);
        if (takenAt[before] != 0 && before + ended.lasts() == i) {
          meter.settle(ended.amount(), ended.costs(), takenAt[before], now);
        }
      }
      if (meter.take(attempt.amount(), now)) {
        takenAt[i] = now;
        taken.add(new Taken(now, attempt.costs()));
      }
    }
    for (int from = 0; from < taken.size(); from++) {
      long sum = 0;
      for (int to = from; to < taken.size(); to++) {
        sum += taken.get(to).amount();
        long time = taken.get(to).at() - taken.get(from).at();
        assertThat((sum - burst) * per).isLessThan(permits * (time + 1));
      }
    }
  }

  @Property
  void nothingWaitsMuchLongerThanAPeriodWhateverTheClockDoes(
      @ForAll Algorithm algorithm,
      @ForAll @LongRange(min = 1, max = 50) long permits,
      @ForAll @LongRange(min = 1_000, max = 5_000_000_000L) long per,
      @ForAll @Size(max = 30) List<@LongRange(min = -1L << 58, max = 1L << 58) Long> jumps,
      @ForAll @IntRange(min = 1, max = 60) int amount) {
    Meter meter = Meter.of(algorithm, rate(permits, per), permits, START);
    // a part of a window, the rounding of a permit's time, and what passes for a late reading
    long most = per + per / 32 + 64 + permits + Meter.LATE_NANOS;
    for (long now : jumps) {
      meter.take(amount, now);
      assertThat(meter.nanosTo(amount, now)).isBetween(0L, most);
    }
  }
}
