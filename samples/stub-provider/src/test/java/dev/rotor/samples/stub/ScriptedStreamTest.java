package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedStreamTest {
  private final StubProvider provider = StubProvider.builder().start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request =
      HttpRequest.newBuilder(URI.create(provider.url() + "/stream")).build();

  @AfterEach
  void close() {
    provider.close();
  }

  private BufferedReader open() throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
  }

  @Test
  void an_event_is_sent_before_the_next_one_is_said() throws Exception {
    ScriptedStream stream = provider.nextStream();
    try (BufferedReader lines = open()) {
      stream.event("one");
      assertThat(lines.readLine()).isEqualTo("data: one");
      assertThat(lines.readLine()).isEmpty();
      stream.event("two");
      assertThat(lines.readLine()).isEqualTo("data: two");
      assertThat(lines.readLine()).isEmpty();
      stream.end();
      assertThat(lines.readLine()).isNull();
    }
    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void a_stream_can_break_off() throws Exception {
    ScriptedStream stream = provider.nextStream();
    try (BufferedReader lines = open()) {
      stream.event("one");
      assertThat(lines.readLine()).isEqualTo("data: one");
      stream.cut();
      assertThatThrownBy(
              () -> {
                while (lines.readLine() != null) {
                  // to the break
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_client_that_leaves_a_stream_is_noticed() throws Exception {
    ScriptedStream stream = provider.nextStream();
    try (BufferedReader lines = open()) {
      stream.event("one");
      assertThat(lines.readLine()).isEqualTo("data: one");
    }
    assertThat(provider.await(ReceivedRequest::aborted, Duration.ofSeconds(10)).path())
        .isEqualTo("/stream");
  }

  @Test
  void a_body_is_compressed_where_its_header_says_so() throws Exception {
    provider.next(200, Map.of("content-encoding", "gzip"), "hello");
    try (GZIPInputStream body =
        new GZIPInputStream(client.send(request, BodyHandlers.ofInputStream()).body())) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
    }
  }
}
