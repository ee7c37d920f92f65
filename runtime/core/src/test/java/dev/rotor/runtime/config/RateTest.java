package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @ParameterizedTest
  @CsvSource({
    "100/1m, 100, PT1M",
    "100/m, 100, PT1M",
    "1/500ms, 1, PT0.5S",
    "5 / 2h, 5, PT2H",
    "10/d, 10, P1D"
  })
  void permitsAndTimeAreARate(String text, long permits, Duration per) {
    assertThat(Rate.parse(text)).isEqualTo(new Rate(permits, per));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "100",
        "/1m",
        "100/",
        "a/1m",
        "1.5/1m",
        "100/minute",
        "1e3/1s",
        "1/1m/2",
        "9999999999999999999/1s"
      })
  void anythingElseIsNone(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("`%s` is not a rate; write how many in which time, such as `100/1m`", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/1m", "-5/1m", "5/0s"})
  void aRateIsAboveZero(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("`%s` is no rate: both numbers must be above zero", text);
  }

  @Test
  void aRateShowsItselfAsItIsWritten() {
    assertThat(Rate.parse("100/m")).hasToString("100/1m");
  }

  @ParameterizedTest
  @CsvSource({"20%, 0.2", "0%, 0", "100%, 1", "12.5%, 0.125", "'20 %', 0.2"})
  void aPercentageIsAShare(String text, double share) {
    assertThat(Shares.parse(text)).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "20", "0.2", "x%", "NaN%", "1e1%", "1.2.3%", ".%", "-%"})
  void anythingElseIsNoShare(String text) {
    assertThatThrownBy(() -> Shares.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("`%s` is not a share; write a percentage, such as `20%%`", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1%", "100.1%"})
  void aShareIsFromNoneToAll(String text) {
    assertThatThrownBy(() -> Shares.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is out of range");
  }
}
