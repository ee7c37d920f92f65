package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.RetrySettings;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffPropertiesTest {

  @Property
  void aBackOffIsWithinItsBounds(
      @ForAll @LongRange(min = 1, max = 3_600_000_000_000L) long backoff,
      @ForAll @LongRange(min = 1, max = 86_400_000_000_000L) long most,
      @ForAll @DoubleRange(min = 1, max = 10) double factor,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random,
      @ForAll @IntRange(min = 1, max = 10_000) int retry) {
    RetrySettings settings =
        new RetrySettings(5, Duration.ofNanos(backoff), factor, Duration.ofNanos(most), 0.2, false);
    long nanos = new Backoff(settings, () -> random).nanos(retry);
    assertThat(nanos)
        .isBetween(Math.min(backoff, most) / 2, most)
        .isLessThanOrEqualTo(new Backoff(settings, () -> random).nanos(retry + 1));
  }
}
