package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.ProfileSettings.Remaining;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitReaderTest {
  private final WaitReader plain = new WaitReader(List.of(), Providers.CLOCK);
  private final WaitReader openAi =
      new WaitReader(
          List.of(
              new Remaining("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
              new Remaining("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens")),
          Providers.CLOCK);

  @Test
  void millisecondsWinOverSecondsSinceTheyAreFiner() {
    assertThat(plain.retryAfter(headers("Retry-After", "2", "retry-after-ms", "1320")))
        .isEqualTo(Duration.ofMillis(1320).toNanos());
  }

  @Test
  void secondsCountWhereMillisecondsAreUnknown() {
    assertThat(plain.retryAfter(headers("Retry-After", "2", "retry-after-ms", "-1")))
        .isEqualTo(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void noHeaderTellsNothing() {
    assertThat(plain.retryAfter(Headers.NONE)).isEqualTo(-1);
    assertThat(plain.resetOfRefused(Headers.NONE)).isEqualTo(-1);
    assertThat(plain.resetOfExhausted(Headers.NONE)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "default";r=0;t=30                              | PT30S
          "default";r=50;t=30                             |
          "burst";r=0;t=10, "daily";r=50;t=3600           | PT10S
          "burst";r=0;t=10, "daily";r=0;t=3600            | PT1H
          "a;b=c, d";r=0;t=4                              | PT4S
          default;r=0;t=5;pk=:abc=:                       | PT5S
          limit=100, remaining=0, reset=30                | PT30S
          "default";r=0                                   |
          "default";r=0;t=0                               |
          "default";r=0;t=-5                              |
          "default";r=0;t=x                               |
          "default";r=00;t=7                              | PT7S
          "default;r=0;t=30                               |
          "default";r=0;t=999999999999                    | PT24H
          """)
  void theRateLimitFieldOfTheIetfTellsBothHalves(String value, Duration expected) {
    Headers headers = headers("RateLimit", value);

    long nanos = expected == null ? -1 : expected.toNanos();
    assertThat(plain.resetOfRefused(headers)).isEqualTo(nanos);
    assertThat(plain.resetOfExhausted(headers)).isEqualTo(nanos);
  }

  @Test
  void theOlderIetfFieldsAreReadAsSeconds() {
    Headers headers = headers("RateLimit-Remaining", "0", "RateLimit-Reset", "50");

    assertThat(plain.resetOfRefused(headers)).isEqualTo(Duration.ofSeconds(50).toNanos());
    assertThat(plain.resetOfExhausted(headers)).isEqualTo(Duration.ofSeconds(50).toNanos());
  }

  @Test
  void theLimitThatHasNothingLeftDecidesAndNotItsNeighbour() {
    Headers headers =
        headers(
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "12ms",
            "x-ratelimit-remaining-tokens", "149000",
            "x-ratelimit-reset-tokens", "6m0s");

    assertThat(openAi.resetOfRefused(headers)).isEqualTo(Duration.ofMillis(12).toNanos());
    assertThat(openAi.resetOfExhausted(headers)).isEqualTo(Duration.ofMillis(12).toNanos());
  }

  @Test
  void ofTwoLimitsWithNothingLeftTheLongerDecides() {
    Headers headers =
        headers(
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "1s",
            "x-ratelimit-remaining-tokens", "0",
            "x-ratelimit-reset-tokens", "6m0s");

    assertThat(openAi.resetOfExhausted(headers)).isEqualTo(Duration.ofMinutes(6).toNanos());
  }

  @Test
  void aResetWithoutARestCountsOnlyWhenTheAnswerIsARefusal() {
    Headers azure = headers("x-ratelimit-reset-tokens", "17");

    assertThat(openAi.resetOfRefused(azure)).isEqualTo(Duration.ofSeconds(17).toNanos());
    assertThat(openAi.resetOfExhausted(azure)).isEqualTo(-1);
  }

  @Test
  void azuresMinusOneAndZeroAreUnknown() {
    Headers headers =
        headers("x-ratelimit-remaining-tokens", "-1", "x-ratelimit-reset-tokens", "0");

    assertThat(openAi.resetOfRefused(headers)).isEqualTo(-1);
    assertThat(openAi.resetOfExhausted(headers)).isEqualTo(-1);
    assertThat(openAi.usedUp(headers)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "0.0, true", "'0, 1999', true", "1, false", "10, false", "x, false"})
  void nothingLeftIsZeroInAnyWriting(String left, boolean usedUp) {
    assertThat(openAi.usedUp(headers("x-ratelimit-remaining-requests", left))).isEqualTo(usedUp);
  }
}
