package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String SECRET = "sk-test-0001";
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final StubProvider provider =
      StubProvider.builder()
          .keys("a=" + SECRET + ":2/1h,b=sk-test-0002")
          .faults("503@1")
          .streamGap(Duration.ofMillis(20))
          .start();
  private final Client client = new Client(provider);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void a_server_error_costs_the_key_nothing() throws Exception {
    HttpResponse<String> failed = client.chat(SECRET);

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.body()).contains("\"type\": \"server_error\"");
    assertThat(failed.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("2");
    assertThat(provider.counts("a").serverErrors()).isEqualTo(1);
  }

  @Test
  void a_reset_is_counted_and_stays_unanswered() {
    provider.faultAt(1, Fault.reset());

    assertThatThrownBy(() -> client.send("POST", Client.CHAT, SECRET, "{}"))
        .isInstanceOf(IOException.class);
    assertThat(provider.requests()).first().extracting(ReceivedRequest::status).isEqualTo(0);
    assertThat(provider.counts("a").other()).isEqualTo(1);
  }

  @Test
  void an_answer_can_be_cut_in_its_middle() {
    provider.faultAt(1, Fault.cut());

    assertThatThrownBy(() -> client.chat(SECRET)).isInstanceOf(IOException.class);
    assertThat(provider.requests()).first().extracting(ReceivedRequest::aborted).isEqualTo(true);
  }

  @Test
  void garbage_headers_come_with_a_good_answer() throws Exception {
    provider.faultAt(1, Fault.garbageHeaders());

    HttpResponse<String> response = client.chat(SECRET);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("retry-after-ms")).hasValue("NaN");
  }

  @Test
  void a_client_that_leaves_during_a_slow_answer_is_noticed_at_once() throws Exception {
    provider.faultAt(1, Fault.slow(LONG));
    CompletableFuture<HttpResponse<String>> pending =
        client.http().sendAsync(client.chatRequest(SECRET, "hi"), BodyHandlers.ofString());
    provider.await(request -> request.number() == 1, SOON);

    pending.cancel(true);

    assertThat(provider.await(ReceivedRequest::aborted, SOON).status()).isZero();
  }

  @Test
  void a_client_that_leaves_a_stream_is_noticed() throws Exception {
    provider.faultAt(1, Fault.slow(Duration.ZERO));
    String body =
        "{\"stream\": true, \"messages\": [{\"content\": \"%s\"}]}".formatted("a ".repeat(5000));
    var request =
        client
            .request(Client.CHAT)
            .header("api-key", SECRET)
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
            .build();

    var stream = client.http().send(request, BodyHandlers.ofInputStream()).body();
    assertThat(stream.read()).isEqualTo('d');
    stream.close();

    assertThat(provider.await(ReceivedRequest::aborted, SOON).status()).isEqualTo(200);
  }

  @Test
  void scripted_answers_are_given_once_and_a_keys_own_come_first() throws Exception {
    provider.next(418, Map.of("X-Any", "1"), "any");
    provider.nextFor("a", 402, Map.of("Content-Type", "text/plain"), "own");

    HttpResponse<String> own = client.chat(SECRET);
    HttpResponse<String> any = client.chat(SECRET);

    assertThat(own.statusCode()).isEqualTo(402);
    assertThat(own.headers().allValues("content-type")).containsExactly("text/plain");
    assertThat(any.statusCode()).isEqualTo(418);
    assertThat(any.headers().firstValue("x-any")).hasValue("1");
    assertThat(client.chat(SECRET).statusCode()).isEqualTo(200);
  }

  @Test
  void faults_by_chance_are_repeatable() throws Exception {
    List<Integer> once = statusesOf(30);
    assertThat(once).contains(200, 500).isEqualTo(statusesOf(30));
  }

  private static List<Integer> statusesOf(int requests) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (StubProvider provider =
        StubProvider.builder().key("a", SECRET).faults("500=30%").seed(7).start()) {
      Client client = new Client(provider);
      for (int i = 0; i < requests; i++) {
        statuses.add(client.chat(SECRET).statusCode());
      }
    }
    return statuses;
  }

  @Test
  void an_unknown_fault_is_told() {
    assertThatThrownBy(() -> StubProvider.builder().faults("flood=1%").start())
        .hasMessageStartingWith("unknown fault 'flood'");
    assertThatThrownBy(() -> StubProvider.builder().faults("503").start())
        .hasMessageStartingWith("not a fault such as 503=2%");
  }
}
