package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String A = "sk-test-0001";
  private static final String B = "sk-test-0002";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private StubProviderBuilder provider() {
    return StubProvider.builder().clock(() -> now);
  }

  @Test
  void a_request_over_the_limit_gets_the_real_429_until_the_window_has_moved_on() throws Exception {
    try (StubProvider provider = provider().key("a", A, "2/10s").start()) {
      Client client = new Client(provider);
      client.chat(A);
      now = now.plusSeconds(4);
      client.chat(A);

      HttpResponse<String> refused = client.chat(A);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"code\": \"rate_limit_exceeded\"", "\"requests\"");
      assertThat(header(refused, "retry-after")).isEqualTo("6");
      assertThat(header(refused, "retry-after-ms")).isEqualTo("6000");
      assertThat(header(refused, "x-ratelimit-limit-requests")).isEqualTo("2");
      assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
      assertThat(header(refused, "x-ratelimit-reset-requests")).isEqualTo("10s");

      now = now.plusSeconds(6);
      assertThat(client.chat(A).statusCode()).isEqualTo(200);
      assertThat(client.chat(A).statusCode()).isEqualTo(429);
      assertThat(provider.counts("a")).isEqualTo(new KeyCounts(5, 3, 2, 0, 0));
    }
  }

  @Test
  void a_fixed_window_ends_at_once() throws Exception {
    try (StubProvider provider = provider().fixedWindow().key("a", A, "2/10s").start()) {
      Client client = new Client(provider);
      client.chat(A);
      now = now.plusSeconds(9);
      client.chat(A);
      assertThat(header(client.chat(A), "retry-after")).isEqualTo("1");

      now = now.plusSeconds(1);
      assertThat(client.chat(A).statusCode()).isEqualTo(200);
      assertThat(client.chat(A).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokens_are_limited_too() throws Exception {
    StubKey key = StubKey.parse("a=" + A + ":tokens=30/1m");
    try (StubProvider provider = provider().key(key).start()) {
      Client client = new Client(provider);
      String longPrompt = "x".repeat(100);

      assertThat(client.send(client.chatRequest(A, longPrompt)).statusCode()).isEqualTo(200);
      HttpResponse<String> refused = client.send(client.chatRequest(A, longPrompt));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"type\": \"tokens\"");
      assertThat(header(refused, "x-ratelimit-remaining-tokens")).isEqualTo("5");
      assertThat(header(refused, "x-ratelimit-reset-tokens")).isEqualTo("1m0s");
    }
  }

  @Test
  void a_used_up_quota_answers_insufficient_quota_and_no_time_to_wait() throws Exception {
    try (StubProvider provider = provider().keys("a=" + A + ":quota=1").start()) {
      Client client = new Client(provider);
      client.chat(A);

      HttpResponse<String> refused = client.chat(A);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"code\": \"insufficient_quota\"");
      assertThat(refused.headers().firstValue("retry-after")).isEmpty();

      provider.reset();
      assertThat(client.chat(A).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keys_of_one_account_share_its_limits() throws Exception {
    String keys = "a=" + A + ":1/10s:account=acme,b=" + B + ":account=acme";
    try (StubProvider provider = provider().keys(keys).start()) {
      Client client = new Client(provider);

      assertThat(header(client.chat(A), "openai-organization")).isEqualTo("org-acme");
      assertThat(client.chat(B).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void models_have_limits_of_their_own_where_that_is_asked_for() throws Exception {
    try (StubProvider provider = provider().limitsPerModel().key("a", A, "1/10s").start()) {
      Client client = new Client(provider);
      client.chat(A);

      assertThat(client.chat(A).statusCode()).isEqualTo(429);
      assertThat(client.send("POST", "/v1/embeddings", A, "{\"model\": \"e\"}").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void durations_are_spelled_as_openai_does() {
    assertThat(Limits.spelled(Duration.ofMillis(12))).isEqualTo("12ms");
    assertThat(Limits.spelled(Duration.ofSeconds(1))).isEqualTo("1s");
    assertThat(Limits.spelled(Duration.ofMinutes(6))).isEqualTo("6m0s");
    assertThat(Limits.spelled(Duration.ofMillis(3_723_500))).isEqualTo("1h2m3.5s");
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("(absent)");
  }
}
