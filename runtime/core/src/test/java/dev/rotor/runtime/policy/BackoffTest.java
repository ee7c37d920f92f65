package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.RetrySettings;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final RetrySettings SETTINGS =
      new RetrySettings(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0.2, false);

  @Test
  void growsByItsFactorUpToItsMaximum() {
    Backoff backoff = new Backoff(SETTINGS, () -> 1);
    assertThat(Duration.ofNanos(backoff.nanos(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(backoff.nanos(3))).isEqualTo(Duration.ofSeconds(4));
    assertThat(Duration.ofNanos(backoff.nanos(7))).isEqualTo(Duration.ofSeconds(60));
    assertThat(Duration.ofNanos(backoff.nanos(5000))).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void halfOfItIsCertainAndHalfIsJitter() {
    Random random = new Random(7);
    Backoff backoff = new Backoff(SETTINGS, random::nextDouble);
    for (int i = 0; i < 1000; i++) {
      assertThat(Duration.ofNanos(backoff.nanos(2)))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }
}
