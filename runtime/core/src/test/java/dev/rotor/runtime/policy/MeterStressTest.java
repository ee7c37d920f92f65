package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.testing.Threads;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeterStressTest {

  private static final int THREADS = 8;
  private static final int TURNS = 30_000;
  private static final long WHOLE = 100;
  private static final long PER = 10_000;

  @ParameterizedTest
  @EnumSource
  void noUpdateIsLostWhileTimeStands(Algorithm algorithm) {
    Meter meter = Meter.of(algorithm, new Rate(WHOLE, Duration.ofNanos(PER)), WHOLE, 0);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    Threads.run(
        THREADS,
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < TURNS; i++) {
            long amount = 1L + random.nextInt(30);
            if (meter.take(amount, 0)) {
              most.accumulateAndGet(held.addAndGet(amount), Math::max);
              held.addAndGet(-amount);
              meter.settle(amount, 0, 0, 0);
            }
          }
        });
    assertThat(most.get()).isPositive().isLessThanOrEqualTo(WHOLE);
    assertThat(meter.freeShare(0)).isEqualTo(1, within(1e-9));
    assertThat(meter.take(WHOLE, 0)).isTrue();
    assertThat(meter.take(1, 0)).isFalse();
  }

  /** Each thread comes with a clock that others have moved on meanwhile. */
  @ParameterizedTest
  @EnumSource
  void neverMoreThanTheLimitWhileTimePasses(Algorithm algorithm) {
    Meter meter = Meter.of(algorithm, new Rate(WHOLE, Duration.ofNanos(PER)), WHOLE, 0);
    AtomicLong clock = new AtomicLong();
    AtomicLong taken = new AtomicLong();
    Threads.run(
        THREADS,
        thread -> {
          for (int i = 0; i < TURNS; i++) {
            if (meter.take(1, clock.addAndGet(3))) {
              taken.incrementAndGet();
            }
          }
        });
    double periods = (double) clock.get() / PER;
    assertThat(taken.doubleValue()).isBetween(0.8 * WHOLE * periods, WHOLE * (periods + 1));
  }
}
