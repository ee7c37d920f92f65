package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundIdsTest {
  private static final String HOST = "https://api.openai.com";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/responses         | {"previous_response_id": "resp_1"}                            | resp_1
          /v1/responses         | {"input": [{"content": [{"type": "input_file", "file_id": "file-1"}]}]} | file-1
          /v1/responses         | {"conversation": {"id": "conv_1"}}                            | conv_1
          /v1/responses         | {"conversation": "conv_1"}                                    | conv_1
          /v1/responses         | {"tools": [{"type": "file_search", "vector_store_ids": ["vs_1"]}]} | vs_1
          /v1/batches           | {"input_file_id": "file-1"}                                   | file-1
          /v1/batches/b_1/cancel |                                                              | b_1
          /v1/files/file-1      |                                                               | file-1
          /v1/files/file-1/content |                                                            | file-1
          /v1/files             |                                                               |
          /v1/files/            |                                                               |
          /v1/chat/completions  | {"messages": [{"content": "previous_response_id"}]}           |
          """)
  void theFirstIdThatARequestNamesBindsIt(
      String path, @Nullable String body, @Nullable String expected) {
    FakeRequest request = FakeRequest.post(HOST + path, body == null ? "" : body);

    assertThat(ShippedProfiles.named("openai").boundIdOf(request, body(request.text())))
        .isEqualTo(expected);
  }

  @Test
  void aBodyThatIsNotAtHandNamesNothing() {
    Profile openAi = ShippedProfiles.named("openai");

    assertThat(openAi.boundIdNeedsBody()).isTrue();
    assertThat(openAi.boundIdOf(FakeRequest.post(HOST + "/v1/responses", ""), null)).isNull();
    assertThat(ShippedProfiles.named("qdrant").boundIdNeedsBody()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/responses, resp_1",
    "POST, /v1/files, resp_1",
    "POST, /v1/batches, resp_1",
    "GET, /v1/batches,",
    "POST, /v1/chat/completions,",
    "POST, /v1/batches/b_1/cancel,"
  })
  void anIdIsMadeByAPostToTheRightPath(String method, String path, @Nullable String expected) {
    FakeRequest post = FakeRequest.post(HOST + path, "");
    FakeRequest request = new FakeRequest(method, post.uri(), post.headers(), true, post.text());

    Profile openAi = ShippedProfiles.named("openai");
    assertThat(openAi.madeId(request, body("{\"id\":\"resp_1\"}"))).isEqualTo(expected);
    assertThat(openAi.mayMakeId(request)).isEqualTo(expected != null);
  }

  @Test
  void aStreamedResponseTellsItsIdInAnEvent() {
    FakeRequest request = FakeRequest.post(HOST + "/v1/responses", "");
    byte[] event = body("{\"type\":\"response.created\",\"response\":{\"id\":\"resp_2\"}}");

    assertThat(ShippedProfiles.named("openai").madeId(request, event)).isEqualTo("resp_2");
  }

  @Test
  void theSameFileIsTheSameHoweverItIsWritten() {
    Profile gemini = ShippedProfiles.named("gemini");
    String host = "https://generativelanguage.googleapis.com";
    FakeRequest upload = FakeRequest.post(host + "/upload/v1beta/files", "");
    FakeRequest get = FakeRequest.get(host + "/v1beta/files/abc-1");

    assertThat(gemini.madeId(upload, body("{\"file\":{\"name\":\"files/abc-1\"}}")))
        .isEqualTo("abc-1");
    assertThat(gemini.boundIdOf(get, null)).isEqualTo("abc-1");
  }

  @Test
  void whoseAnIdIsIsRemembered() {
    BoundIds ids = new BoundIds();
    ids.made("resp_1", "primary");
    ids.made("resp_1", "backup");

    assertThat(ids.keyOf("resp_1")).isEqualTo("backup");
    assertThat(ids.keyOf("resp_2")).isNull();
  }

  @Test
  void theOldestIdsAreForgotten() {
    BoundIds ids = new BoundIds();
    ids.made("first", "a");
    ids.made("second", "a");
    ids.made("first", "b");
    IntStream.range(1, BoundIds.MOST).forEach(i -> ids.made("id-" + i, "a"));

    assertThat(ids.size()).isEqualTo(BoundIds.MOST);
    assertThat(ids.keyOf("second")).isNull();
    assertThat(ids.keyOf("first")).isEqualTo("b");
  }
}
