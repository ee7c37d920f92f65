package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiApiTest {
  private static final String SECRET = "sk-test-0001";

  private final StubProvider provider = StubProvider.builder().key("a", SECRET).start();
  private final Client client = new Client(provider);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void a_chat_says_back_what_it_was_told_and_tells_its_usage() throws Exception {
    HttpResponse<String> response = client.chat(SECRET);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"object\": \"chat.completion\"", "\"You said: hello\"", "\"total_tokens\": 4");
    assertThat(response.headers().firstValue("x-request-id")).isPresent();
    assertThat(response.headers().firstValue("openai-organization")).isPresent();
  }

  @Test
  void a_stream_comes_in_events_and_ends_with_its_usage_and_done() throws Exception {
    String body =
        """
        {"model": "gpt-4o", "stream": true, "stream_options": {"include_usage": true},
         "messages": [{"role": "user", "content": "one two"}]}
        """;

    HttpResponse<String> response = client.send("POST", Client.CHAT, SECRET, body);

    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(response.body().split("\n\n"))
        .allMatch(event -> event.startsWith("data: "))
        .hasSize(8)
        .endsWith("data: [DONE]");
    assertThat(response.body()).contains("{\"content\": \" two\"}", "\"choices\": [], \"usage\"");
  }

  @Test
  void a_stream_that_did_not_ask_for_its_usage_does_not_tell_it() throws Exception {
    String body = "{\"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";

    assertThat(client.send("POST", Client.CHAT, SECRET, body).body()).doesNotContain("usage");
  }

  @Test
  void a_prompt_that_looks_like_a_member_is_not_taken_for_one() throws Exception {
    String body =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"say \\\"stream\\\": true\"}]}";

    assertThat(client.send("POST", Client.CHAT, SECRET, body).body())
        .contains("You said: say \\\"stream\\\": true");
  }

  @Test
  void an_embedding_depends_on_its_text() throws Exception {
    String one = client.send("POST", "/v1/embeddings", SECRET, "{\"input\": \"one\"}").body();
    String again = client.send("POST", "/v1/embeddings", SECRET, "{\"input\": [\"one\"]}").body();
    String two = client.send("POST", "/v1/embeddings", SECRET, "{\"input\": \"two\"}").body();

    assertThat(one).isEqualTo(again).isNotEqualTo(two).contains("\"object\": \"embedding\"");
  }

  @Test
  void an_embedding_comes_in_base64_when_asked_for() throws Exception {
    String body = "{\"input\": \"one\", \"encoding_format\": \"base64\"}";

    String answer = client.send("POST", "/v1/embeddings", SECRET, body).body();

    String vector = answer.replaceAll("(?s).*\"embedding\": \"([^\"]+)\"}.*", "$1");
    assertThat(Base64.getDecoder().decode(vector)).as("eight floats in %s", answer).hasSize(32);
  }

  @Test
  void models_are_listed_and_an_unknown_path_is_not_found() throws Exception {
    assertThat(client.send("GET", "/v1/models", SECRET, "").body()).contains("\"id\": \"gpt-4o\"");
    assertThat(client.send("GET", "/v2/models", SECRET, "").statusCode()).isEqualTo(404);
  }
}
