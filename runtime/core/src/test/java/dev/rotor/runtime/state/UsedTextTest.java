package dev.rotor.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsedTextTest {
  private static final Used USED =
      new Used(
          "openai/primary",
          "daily/requests",
          Instant.parse("2026-11-25T00:00:00Z"),
          Instant.parse("2026-11-26T00:00:00Z"),
          12);
  private static final String LINE =
      "{\"page\":\"openai/primary\",\"line\":\"daily/requests\","
          + "\"start\":\"2026-11-25T00:00:00Z\",\"end\":\"2026-11-26T00:00:00Z\",\"amount\":12}\n";

  @Test
  void eachUseIsALineOfItsOwn() throws IOException {
    StringWriter text = new StringWriter();
    UsedText.write(List.of(USED, USED), text);
    assertThat(text).hasToString(LINE + LINE);
    assertThat(UsedText.read(new StringReader(text.toString()))).containsExactly(USED, USED);
    assertThat(UsedText.read(new StringReader(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "12",
        "{\"page\":{}}",
        "{\"page\":\"a\",\"line\":\"b\",\"start\":\"now\"}",
        "{\"page\":\"a\",\"line\":\"b\",\"start\":\"2026-11-25T00:00:00Z\","
            + "\"end\":\"2026-11-25T00:00:00Z\",\"amount\":1}",
        "{\"page\":\"a\",\"line\":\"b\",\"start\":\"2026-11-25T00:00:00Z\","
            + "\"end\":\"2026-11-26T00:00:00Z\",\"amount\":1.5}"
      })
  void whatIsNoUseIsToldWithItsLine(String wrong) {
    assertThatThrownBy(() -> UsedText.read(new StringReader(LINE + wrong)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2 is not the use of a quota");
  }
}
