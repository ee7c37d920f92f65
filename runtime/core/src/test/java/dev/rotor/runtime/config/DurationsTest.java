package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "2s, PT2S",
    "15m, PT15M",
    "1h, PT1H",
    "1d, P1D",
    "0s, PT0S",
    "2 s, PT2S",
    "90s, PT90S",
    "1500ms, PT1.5S"
  })
  void aNumberWithItsUnitIsADuration(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "-2s",
        "+2s",
        "2.5s",
        "2 minutes",
        "PT2S",
        "2S",
        "1m30s",
        "٢s",
        " 2s"
      })
  void anythingElseIsNone(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "`%s` is not a duration; write a number and its unit, such as `500ms`, `2s`, `15m`,"
                + " `1h` or `1d`",
            text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999s", "9223372036854775807d", "9223372036854775807s"})
  void aDurationThatCannotBeWaitedForIsTooLong(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is too long a duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ms", "1500ms", "2s", "90s", "15m", "90m", "1h", "25h", "7d"})
  void whatIsWrittenIsReadAsTheSame(String text) {
    assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
  }
}
