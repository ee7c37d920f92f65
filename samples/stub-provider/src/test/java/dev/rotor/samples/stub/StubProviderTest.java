package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StubProviderTest {
  private static final String SECRET = "sk-test-0001";

  private final StubProvider provider =
      StubProvider.builder().key("a", SECRET, "20/1h").key("b", "sk-test-0002").start();
  private final Client client = new Client(provider);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void what_was_received_can_be_read_back() throws Exception {
    client.send("POST", "/echo/x?y=%20z", SECRET, "grüß");

    ReceivedRequest request = provider.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/echo/x");
    assertThat(request.query()).isEqualTo("y=%20z");
    assertThat(request.text()).isEqualTo("grüß");
    assertThat(request.body()).hasSize(6);
    assertThat(request.header("AUTHORIZATION")).isEqualTo("Bearer " + SECRET);
    assertThat(request.key()).isEqualTo("a");
    assertThat(request.status()).isEqualTo(200);
    assertThat(request.aborted()).isFalse();
  }

  @Test
  void bodies_of_unknown_length_are_read() throws Exception {
    byte[] body = new byte[100_000];
    client.send(
        client
            .request("/echo")
            .header("x-api-key", SECRET)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build());

    assertThat(provider.requests().get(0).body()).isEqualTo(body);
  }

  @Test
  void a_client_that_expects_to_be_told_to_continue_is() throws Exception {
    HttpResponse<String> response =
        client.send(
            client
                .request("/echo")
                .header("x-api-key", SECRET)
                .expectContinue(true)
                .POST(BodyPublishers.ofString("go on"))
                .build());

    assertThat(response.body()).contains("go on");
  }

  @Test
  void requests_at_once_are_limited_exactly() {
    List<CompletableFuture<Integer>> statuses = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      statuses.add(
          client
              .http()
              .sendAsync(client.chatRequest(SECRET, "hi"), BodyHandlers.ofString())
              .thenApply(HttpResponse::statusCode));
    }

    assertThat(statuses.stream().map(CompletableFuture::join).filter(status -> status == 200))
        .hasSize(20);
    assertThat(provider.counts("a")).isEqualTo(new KeyCounts(100, 20, 80, 0, 0));
  }

  @Test
  void counts_are_read_and_reset_over_http_and_not_counted_themselves() throws Exception {
    client.chat(SECRET);

    assertThat(client.send("GET", "/stub/counts", "", "").body())
        .isEqualTo(
            """
            {"a": {"requests": 1, "ok": 1, "429": 0, "401": 0, "5xx": 0, "other": 0},
             "b": {"requests": 0, "ok": 0, "429": 0, "401": 0, "5xx": 0, "other": 0}}
            """);
    assertThat(client.send("POST", "/stub/reset", "", "").statusCode()).isEqualTo(200);
    assertThat(provider.counts("a")).isEqualTo(KeyCounts.NONE);
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void keys_are_disabled_over_http_by_name() throws Exception {
    client.send("POST", "/stub/disable?key=a", "", "");
    assertThat(client.chat(SECRET).statusCode()).isEqualTo(401);
    assertThat(client.send("POST", "/stub/disable?key=z", "", "").body())
        .contains("no key is named z; there are [a, b]");
  }

  @Test
  void a_redirect_leads_where_it_is_told_to() throws Exception {
    try (StubProvider other = StubProvider.builder().key("a", SECRET).start()) {
      HttpClient following =
          HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
      String path = "/redirect?status=307&to=" + other.url() + "/v1/embeddings";

      HttpResponse<String> response =
          following.send(
              client
                  .request(path)
                  .header("x-api-key", SECRET)
                  .POST(BodyPublishers.ofString("{}"))
                  .build(),
              BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(provider.requests()).first().extracting(ReceivedRequest::status).isEqualTo(307);
      assertThat(other.requests().get(0).text()).isEqualTo("{}");
    }
  }
}
