package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvenClaimTest {

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;

  private final EvenClaim claim = new EvenClaim();

  /**
   * Whatever else is used, whenever answers come, and however the reset is rounded: a limit that
   * fills up evenly is taken for one.
   */
  @ParameterizedTest(name = "{0} a minute, answers take up to {1} ms, rounded to {2} ms")
  @CsvSource({
    "60, 1, 1",
    "60, 20000, 1",
    "60, 500, 1000",
    "500, 2000, 1",
    "500, 2000, 1000",
    "10000, 1, 1",
    "10000, 5000, 1",
    "10000, 300, 1000",
    "400000, 3000, 1000"
  })
  void anEvenRefillIsNeverRefuted(long whole, int latencyMillis, long roundedMillis) {
    Random random = new Random(whole + latencyMillis);
    double each = 60.0 * SECOND / whole;
    double full = 0;
    for (long at = 0; at < 3600 * SECOND; at += (long) (random.nextDouble() * SECOND)) {
      // in bursts, and more than the limit at times
      full = Math.max(full, (double) at) + each * random.nextInt((int) Math.max(2, whole / 20));
      full = Math.min(full, at + 60.0 * SECOND);
      long used = (long) Math.ceil((full - at) / each);
      long rounded = roundedMillis * MILLI;
      long reset = ((long) (full - at) + rounded - 1) / rounded * rounded;
      long sent = at - random.nextInt(latencyMillis) * MILLI;
      long now = at + random.nextInt(latencyMillis) * MILLI;
      assertThat(claim.isRefutedBy(Math.min(used, whole), whole, sent, reset, now))
          .as("at %s", at)
          .isFalse();
    }
  }

  @Test
  void aWindowIsFoundOutByAnEighthOfIt() {
    assertThat(claim.isRefutedBy(1, 80, 0, SECOND, MILLI)).isFalse();
    for (int used = 2; used <= 10; used++) {
      long at = used * MILLI;
      assertThat(claim.isRefutedBy(used, 80, at, SECOND - at, at)).isFalse();
    }
    assertThat(claim.isRefutedBy(11, 80, 11 * MILLI, SECOND - 11 * MILLI, 11 * MILLI)).isTrue();
  }

  @Test
  void anAnswerToWhatWasSentBeforeIsNoProof() {
    assertThat(claim.isRefutedBy(1, 80, 0, SECOND, 20 * MILLI)).isFalse();
    assertThat(claim.isRefutedBy(40, 80, 19 * MILLI, SECOND - 21 * MILLI, 21 * MILLI)).isFalse();
    assertThat(claim.isRefutedBy(40, 80, 20 * MILLI, SECOND - 21 * MILLI, 21 * MILLI)).isTrue();
  }
}
