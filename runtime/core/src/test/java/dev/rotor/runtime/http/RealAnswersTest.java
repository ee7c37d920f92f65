package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that were taken for something else once. */
class RealAnswersTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Outcome outcome(String profile, int status, String body) {
    return ShippedProfiles.named(profile).classify(status, Headers.NONE, bytes(body)).outcome();
  }

  @Test
  void anthropicTellsInTheMessageOnlyThatAnAccountIsEmpty() {
    String body =
        """
        {"type": "error", "error": {"type": "invalid_request_error",
          "message": "Your credit balance is too low to access the Anthropic API."}}""";
    assertThat(outcome("anthropic", 400, body)).isEqualTo(Outcome.QUOTA_EXCEEDED);
  }

  @Test
  void azureTellsInTheMessageOnlyThatAQuotaIsUsedUp() {
    String body =
        "{\"error\": {\"code\": \"403\", \"message\": \"Out of call volume quota. Quota exceeded.\"}}";
    assertThat(outcome("azure-openai", 403, body)).isEqualTo(Outcome.QUOTA_EXCEEDED);
  }

  @Test
  void voyagesLimitWithoutAPaymentMethodIsALimitAndNoQuota() {
    String body =
        """
        {"detail": "You have not yet added your payment method in the billing page and will have
          reduced rate limits of 3 RPM and 10K TPM."}""";
    assertThat(outcome("voyage", 429, body)).isEqualTo(Outcome.RATE_LIMITED);
  }

  @Test
  void anErrorEventOfAResponsesStreamIsARefusal() {
    Verdict told =
        ShippedProfiles.named("openai")
            .refusedInStream(
                bytes("{\"type\": \"error\", \"code\": \"rate_limit_exceeded\", \"param\": null}"));
    assertThat(Objects.requireNonNull(told).outcome()).isEqualTo(Outcome.RATE_LIMITED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads/runs", "responses/input_tokens", "responses/compact"})
  void aWordOfTheApisOwnIsNoId(String path) {
    Request request = FakeRequest.post("https://api.openai.com/v1/" + path, "{}");
    assertThat(ShippedProfiles.named("openai").boundIdOf(request, null)).isNull();
  }

  @Test
  void anIdInAPathIsOne() {
    Request request = FakeRequest.get("https://api.openai.com/v1/files/file-abcDEF");
    assertThat(ShippedProfiles.named("openai").boundIdOf(request, null)).isEqualTo("file-abcDEF");
  }

  @Test
  void aStreamThatIsLeftEarlyHasNotToldWhatItCost() {
    UsageScan scan = scan("anthropic", ANTHROPIC_BEGINS + ANTHROPIC_GOES_ON);
    assertThat(scan.end(false)).isNotNull();
    assertThat(scan.isWhole()).isFalse();
  }

  @Test
  void aStreamThatIsLeftAtItsLastEventHasToldAll() {
    UsageScan scan =
        scan(
            "anthropic",
            ANTHROPIC_BEGINS
                + ANTHROPIC_GOES_ON
                + ANTHROPIC_GOES_ON
                + "data: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":500}}\n\n"
                + "data: {\"type\":\"message_stop\"}\n\n");
    assertThat(Objects.requireNonNull(scan.end(false)).output()).isEqualTo(500);
    assertThat(scan.isWhole()).isTrue();
  }

  private static final String ANTHROPIC_BEGINS =
      "data: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\n";
  private static final String ANTHROPIC_GOES_ON =
      "data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"word\"}}\n\n".repeat(3);

  private static UsageScan scan(String profile, String stream) {
    Headers headers = name -> name.equalsIgnoreCase("Content-Type") ? "text/event-stream" : null;
    UsageScan scan = Objects.requireNonNull(ShippedProfiles.named(profile).usageScan(headers));
    byte[] bytes = bytes(stream);
    scan.read(bytes, 0, bytes.length);
    return scan;
  }
}
