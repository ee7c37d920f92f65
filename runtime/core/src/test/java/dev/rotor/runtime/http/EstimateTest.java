package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.body;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          openai    | {"max_tokens":7}                            | 7
          openai    | {"max_completion_tokens":8}                 | 8
          openai    | {"max_output_tokens":9}                     | 9
          gemini    | {"generationConfig":{"maxOutputTokens":10}} | 10
          anthropic | {"max_tokens":1024}                         | 1024
          openai    | {"messages":[]}                             | 500
          openai    | {"max_tokens":null}                         | 500
          openai    | {"max_tokens":-1}                           | 500
          openai    | {"max_tokens":"lots"}                       | 500
          openai    | {"max_tokens":999999999999}                 | 10000000
          openai    | {"messages":[                               | 500
          openai    | not json                                    | 500
          voyage    | {"input":["a"]}                             | 0
          """)
  void theAnswerCostsWhatTheRequestAllowsElseWhatIsTypical(
      String profile, String body, long output) {
    Estimate estimate = ShippedProfiles.named(profile).estimate(body(body));

    assertThat(estimate).isEqualTo(new Estimate((body.length() + 3) / 4, output));
  }

  @Test
  void aProviderThatCountsNoTokensHasNoEstimate() {
    assertThat(ShippedProfiles.named("github").estimate(body("{}"))).isSameAs(Estimate.NONE);
    assertThat(ShippedProfiles.named("github").estimateNeedsBody()).isFalse();
    assertThat(ShippedProfiles.named("openai").estimateNeedsBody()).isTrue();
  }

  @Test
  void anAttachmentIsNotCountedAsText() {
    String picture = "data:image/png;base64," + "iVBORw0KGgo".repeat(50_000) + "==";
    Estimate estimate =
        ShippedProfiles.named("openai").estimate(body("{\"image_url\":\"" + picture + "\"}"));

    assertThat(estimate.input()).isBetween(1000L, 1020L);
  }

  @Test
  void anEmptyBodyCostsNothing() {
    assertThat(ShippedProfiles.named("openai").estimate(new byte[0]).input()).isZero();
  }
}
