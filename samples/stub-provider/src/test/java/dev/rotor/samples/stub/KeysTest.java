package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final String SECRET = "sk-test-0001";

  @Test
  void an_unknown_key_gets_the_real_401_and_is_counted_masked() throws Exception {
    try (StubProvider provider = StubProvider.builder().key("a", SECRET).start()) {
      HttpResponse<String> refused = new Client(provider).chat("sk-wrong-9999");

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body())
          .contains("\"code\": \"invalid_api_key\"", "sk-…999")
          .doesNotContain("sk-wrong-9999");
      assertThat(provider.counts("sk-…999").unauthorized()).isEqualTo(1);
    }
  }

  @Test
  void a_request_without_a_key_is_refused_and_counted_as_none() throws Exception {
    try (StubProvider provider = StubProvider.builder().start()) {
      Client client = new Client(provider);

      assertThat(client.send(client.request("/v1/models").build()).statusCode()).isEqualTo(401);
      assertThat(provider.counts("none").unauthorized()).isEqualTo(1);
    }
  }

  @Test
  void a_key_is_found_wherever_clients_put_it() throws Exception {
    try (StubProvider provider = StubProvider.builder().key("a", SECRET).start()) {
      Client client = new Client(provider);
      client.send(client.request("/v1/models").header("x-api-key", SECRET).build());
      client.send(client.request("/v1/models").header("api-key", SECRET).build());
      client.send(client.request("/v1/models?a=b&key=" + SECRET).build());
      client.send(client.request("/v1/models").header("Authorization", "token " + SECRET).build());

      assertThat(provider.counts("a").ok()).isEqualTo(4);
    }
  }

  @Test
  void a_key_can_be_disabled_and_enabled_at_run_time() throws Exception {
    try (StubProvider provider = StubProvider.builder().key("a", SECRET).start()) {
      Client client = new Client(provider);
      provider.disable("a");
      assertThat(client.chat(SECRET).statusCode()).isEqualTo(401);
      provider.enable("a");
      assertThat(client.chat(SECRET).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void no_text_form_shows_a_secret() throws Exception {
    StubKey key = StubKey.of(SECRET).limited("3/1s");
    try (StubProvider provider = StubProvider.builder().key(key).start()) {
      new Client(provider).chat(SECRET);

      assertThat(key.toString() + provider.counts() + provider.requests())
          .contains("sk-…001")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void short_secrets_are_told_apart_by_number() {
    try (StubProvider provider = StubProvider.builder().keys("k1:3/1s,k2").start()) {
      assertThat(provider.counts()).containsOnlyKeys("…", "…#2");
    }
  }

  @Test
  void a_wrong_key_is_told_without_its_secret() {
    assertThatThrownBy(() -> StubKey.parse(SECRET + ":often"))
        .hasMessage("not a rate such as 30/10s: 'often'");
    assertThatThrownBy(() -> StubKey.parse(SECRET + ":speed=1"))
        .hasMessageStartingWith("key sk-…001: unknown option 'speed=1'");
    assertThatThrownBy(() -> StubProvider.builder().key("a", "x").key("a", "y").start())
        .hasMessage("two keys are named a");
  }
}
