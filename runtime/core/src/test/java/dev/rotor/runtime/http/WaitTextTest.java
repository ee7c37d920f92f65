package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTextTest {
  private static final long NOW = Providers.NOW.toEpochMilli();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          30                              | PT30S
          ' 30 '                          | -
          1.5                             | PT1.5S
          12ms                            | PT0.012S
          7.66s                           | PT7.66S
          1s                              | PT1S
          6m0s                            | PT6M
          2m59.56s                        | PT2M59.56S
          1h2m3.5s                        | PT1H2M3.5S
          36s                             | PT36S
          "36s"                           | PT36S
          45.837906927s                   | PT45.837906927S
          500us                           | PT0.0005S
          500µs                           | PT0.0005S
          1.5m                            | PT1M30S
          6M0S                            | PT6M
          1764000000                      | -
          1795608060                      | PT1M
          1795608060.5                    | PT1M0.5S
          1795608060000                   | PT1M
          2026-11-25T12:00:07Z            | PT7S
          2026-11-25T13:00:07+01:00       | PT7S
          2026-11-25t12:00:07.250z        | PT7.25S
          Wed, 25 Nov 2026 12:02:00 GMT   | PT2M
          Wednesday, 25-Nov-26 12:02:00 GMT | PT2M
          Wed Nov 25 12:02:00 2026        | PT2M
          30, 60                          | PT30S
          1, 1419704                      | PT1S
          86399                           | PT23H59M59S
          """)
  void everyFormThatProvidersWriteIsRead(String text, String expected) {
    long wait = WaitText.parse(text, NOW);

    assertThat(wait).isEqualTo(expected.equals("-") ? -1 : Duration.parse(expected).toNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0s",
        "0ms",
        "00.000",
        "-1",
        "-30",
        "+30",
        "1e3",
        "0x10",
        "NaN",
        "Infinity",
        "soon",
        "Soon: 5",
        "5.",
        ".5",
        "5 5",
        "5x",
        "1h5",
        "s",
        "ms",
        "12 parsecs",
        "9999999999999999999999",
        "1795608060000000",
        "1700000000",
        "1700000000000",
        "2026-11-25T11:59:59Z",
        "2026-11-25T12:00:00Z",
        "2026-11-25T12:00:07",
        "2026-99-99T99:99:99Z",
        "Wed, 25 Nov 2026 11:59:00 GMT",
        "Thu, 25 Nov 2026 12:02:00 GMT",
        "Wed, 99 Nov 2026 12:02:00 GMT",
        ",",
        "\"",
        "\"\"",
        "\u0663\u0660",
      })
  void whatIsGarbagePastNegativeOrZeroTellsNothing(String text) {
    assertThat(WaitText.parse(text, NOW)).isEqualTo(WaitText.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86400",
        "999999999",
        "24h",
        "9999999h",
        "2d",
        "999999999999999s",
        "23h59m60s",
        "9999-12-31T23:59:59Z",
        "99999999999",
        "99999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT"
      })
  void aWaitOfMoreThanADayIsCutToADay(String text) {
    assertThat(WaitText.parse(text, NOW)).isEqualTo(Duration.ofDays(1).toNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "1500, PT1.5S",
    "20.5, PT0.0205S",
    "'1500,1500', PT1.5S",
    "999999999999, PT24H",
    "0,",
    "-1,",
    "12ms, PT0.012S",
    "x,"
  })
  void millisecondsAreReadAsSuch(String text, Duration expected) {
    assertThat(WaitText.parseMillis(text)).isEqualTo(expected == null ? -1 : expected.toNanos());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate limit reached for gpt-4o. please try again in 1.5s. visit the page | PT1.5S
          please try again in 7m12s.                                    | PT7M12S
          please try again in 6ms. visit                                | PT0.006S
          please retry after 26 seconds. to increase                    | PT26S
          please retry after 2 minutes.                                 | PT2M
          please retry in 45.837906927s.                                | PT45.837906927S
          please try again in 250 milliseconds                          | PT0.25S
          please try again in 1 hour                                    | PT1H
          please try again in a while; or retry after 5 s               | PT5S
          """)
  void theWaitInAMessageForPeopleIsFound(String text, Duration expected) {
    assertThat(WaitText.inSentence(text, NOW)).isEqualTo(expected.toNanos());
  }

  @Test
  void aMessageWithoutAWaitTellsNothing() {
    assertThat(WaitText.inSentence("please try again in ", NOW)).isEqualTo(-1);
    assertThat(WaitText.inSentence("try again in ...", NOW)).isEqualTo(-1);
    assertThat(WaitText.inSentence("we are overloaded", NOW)).isEqualTo(-1);
  }
}
