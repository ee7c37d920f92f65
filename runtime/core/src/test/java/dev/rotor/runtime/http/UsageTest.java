package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.ANTHROPIC;
import static dev.rotor.runtime.http.Providers.GEMINI;
import static dev.rotor.runtime.http.Providers.OPENAI;
import static dev.rotor.runtime.http.Providers.PLAIN;
import static dev.rotor.runtime.http.Providers.body;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @Test
  void openAiChatTellsAllThree() {
    assertThat(
            OPENAI.usage(
                body(
                    "{\"choices\":[{\"message\":{\"content\":\"hi\"}}],\"usage\":{\"prompt_tokens\":9,"
                        + "\"completion_tokens\":12,\"total_tokens\":21}}")))
        .isEqualTo(new Usage(9, 12, 21));
  }

  @Test
  void embeddingsTellTheTotalOnly() {
    assertThat(OPENAI.usage(body("{\"usage\":{\"total_tokens\":8}}")))
        .isEqualTo(new Usage(-1, -1, 8));
  }

  @Test
  void anthropicTellsTheTwoPartsThatMakeTheTotal() {
    assertThat(ANTHROPIC.usage(body("{\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}")))
        .isEqualTo(new Usage(10, 5, 15));
  }

  @Test
  void geminiTellsATotalWithItsThoughts() {
    assertThat(
            GEMINI.usage(
                body(
                    "{\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":6,"
                        + "\"thoughtsTokenCount\":90,\"totalTokenCount\":100}}")))
        .isEqualTo(new Usage(4, 6, 100));
  }

  @Test
  void theFirstPointerThatIsThereCountsWhateverTheOrderInTheBody() {
    assertThat(OPENAI.usage(body("{\"usage\":{\"input_tokens\":2,\"prompt_tokens\":1}}")))
        .isEqualTo(new Usage(1, -1, -1));
    assertThat(OPENAI.usage(body("{\"usage\":{\"input_tokens\":2}}")))
        .isEqualTo(new Usage(2, -1, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "{}",
        "[]",
        "{\"usage\":null}",
        "{\"usage\":{\"total_tokens\":-5}}",
        "{\"usage\":{\"total_tokens\":1.5}}",
        "{\"usage\":{\"total_tokens\":\"many\"}}",
        "{\"usage\":{\"total_tokens\":99999999999999999999999}}",
        "{\"usage\":{\"total_tokens\":{}}}",
        "{\"usage\":{\"total_tokens\":1"
      })
  void garbageCostsNothing(String text) {
    Usage usage = OPENAI.usage(body(text));

    assertThat(usage).isNull();
  }

  @Test
  void aProfileWithoutPointersReadsNoUsage() {
    assertThat(PLAIN.usage(body("{\"usage\":{\"total_tokens\":8}}"))).isNull();
  }
}
