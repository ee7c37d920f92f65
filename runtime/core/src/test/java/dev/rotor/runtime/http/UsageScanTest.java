package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.ANTHROPIC;
import static dev.rotor.runtime.http.Providers.OPENAI;
import static dev.rotor.runtime.http.Providers.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageScanTest {

  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12,\"total_tokens\":21}";
  private static final Usage COST = new Usage(9, 12, 21);

  private static Headers answer(String type, String coding) {
    return name ->
        name.equalsIgnoreCase("Content-Type")
            ? type
            : name.equalsIgnoreCase("Content-Encoding") && !coding.isEmpty() ? coding : null;
  }

  private static @Nullable Usage usage(Profile profile, String type, byte[] body, int part) {
    return usage(profile, answer(type, ""), body, part);
  }

  private static @Nullable Usage usage(Profile profile, Headers answer, byte[] body, int part) {
    UsageScan scan = Objects.requireNonNull(profile.usageScan(answer));
    for (int from = 0; from < body.length; from += part) {
      scan.read(body, from, Math.min(part, body.length - from));
    }
    return scan.end(true);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body(text));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void aDocumentIsReadHoweverItComes(int part) {
    byte[] document = body("{\"choices\":[]," + USAGE + "}");
    assertThat(usage(OPENAI, "application/json; charset=utf-8", document, part)).isEqualTo(COST);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 5000, 1_000_000})
  void ofALongDocumentTheEndIsRead(int part) {
    byte[] document = body("{\"data\":[" + "0.123,".repeat(60_000) + "1],\n " + USAGE + " }\n");
    assertThat(usage(OPENAI, "application/json", document, part)).isEqualTo(COST);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60_000})
  void anotherKnownMemberAfterItThatTellsNothingDoesNotHideIt(int numbers) {
    byte[] document =
        body(
            "{\"data\":[" + "0.123,".repeat(numbers) + "1]," + USAGE + ",\"response\":{\"id\":1}}");
    assertThat(usage(OPENAI, "application/json", document, 8192)).isEqualTo(COST);
  }

  @Test
  void aMemberOfTheSameNameFurtherInDoesNotHideIt() {
    byte[] document =
        body(
            "{\"data\":["
                + "0.123,".repeat(60_000)
                + "1], \"usage\": {\"total_tokens\": 21, \"usage\": {\"total_tokens\": 4}}}");
    assertThat(usage(OPENAI, "application/json", document, 8192)).isEqualTo(new Usage(-1, -1, 21));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "]}, {" + USAGE + "}]}",
        "], \"inner\": {" + USAGE + "}}",
        "], \"text\": \"" + "\\\"usage\\\": {\\\"total_tokens\\\": 3}\"}",
        "], " + USAGE
      })
  void whatIsNotTheDocumentsOwnAtItsEndIsNotTaken(String end) {
    byte[] document = body("{\"data\":[" + "0.123,".repeat(60_000) + "1" + end);
    assertThat(usage(OPENAI, "application/json", document, 8192)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 10_000})
  void theLastEventThatTellsCounts(int part) {
    String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}],\"usage\":null}\r\n\r\n";
    byte[] stream =
        body(chunk.repeat(3) + "data: {\"choices\":[]," + USAGE + "}\r\n\r\ndata: [DONE]\r\n\r\n");
    assertThat(usage(OPENAI, "text/event-stream", stream, part)).isEqualTo(COST);
  }

  @Test
  void whatEventsTellInPartsIsPutTogether() {
    byte[] stream =
        body(
            """
            event: first
            data: {"usage":{"input_tokens":25,"output_tokens":1}}

            event: last
            data: {"usage":{"output_tokens":15}}
            """);
    assertThat(usage(ANTHROPIC, "text/event-stream", stream, 20)).isEqualTo(new Usage(25, 15, 40));
  }

  @Test
  void aLastLineNeedsNoEnd() {
    assertThat(usage(OPENAI, "application/x-ndjson", body("{}\n{" + USAGE + "}"), 5))
        .isEqualTo(COST);
  }

  @Test
  void anEndlessLineIsPassedOverAndTheNextIsRead() {
    byte[] stream = body("data: {\"x\":\"" + "y".repeat(200_000) + "\"," + USAGE + "}\n");
    assertThat(usage(OPENAI, "text/event-stream", stream, 4096)).isNull();
    byte[] next = body("data: {\"x\":\"" + "y".repeat(200_000) + "\"}\ndata: {" + USAGE + "}\n");
    assertThat(usage(OPENAI, "text/event-stream", next, 4096)).isEqualTo(COST);
  }

  @Test
  void compressedBodiesAreRead() throws IOException {
    assertThat(usage(OPENAI, answer("application/json", "gzip"), gzip("{" + USAGE + "}"), 3))
        .isEqualTo(COST);
    byte[] events = gzip("data: {\"a\":1}\n\ndata: {" + USAGE + "}\n\ndata: [DONE]\n\n");
    assertThat(usage(OPENAI, answer("text/event-stream", "GZIP"), events, 7)).isEqualTo(COST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "not json", "\u0000\u0001", "data:", "[]", "{\"usage\":\"none\"}"})
  void garbageTellsNothing(String text) {
    assertThat(usage(OPENAI, "application/json", body(text), 2)).isNull();
    assertThat(usage(OPENAI, "text/event-stream", body(text), 2)).isNull();
    assertThat(usage(OPENAI, answer("application/json", "gzip"), body(text), 2)).isNull();
  }

  @Test
  void otherKindsOfAnswersAreNotLookedAt() {
    assertThat(OPENAI.usageScan(answer("audio/mpeg", ""))).isNull();
    assertThat(OPENAI.usageScan(answer("application/json", "br"))).isNull();
    assertThat(OPENAI.usageScan(Headers.NONE)).isNull();
    assertThat(Providers.PLAIN.usageScan(answer("application/json", ""))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 1000, 1_000_000})
  void theIdThatAnAnswerMakesIsFoundHoweverLongTheAnswerIs(int part) {
    FakeRequest request = FakeRequest.post("https://api.openai.com/v1/responses", "");
    UsageScan scan =
        Objects.requireNonNull(
            ShippedProfiles.named("openai").usageScan(request, answer("application/json", "")));
    byte[] document =
        body("{\"id\":\"resp_1\",\"output\":[" + "0.123,".repeat(60_000) + "1]," + USAGE + "}");
    for (int from = 0; from < document.length; from += part) {
      scan.read(document, from, Math.min(part, document.length - from));
    }

    assertThat(scan.end(true)).isEqualTo(COST);
    assertThat(scan.madeId()).isEqualTo("resp_1");
  }

  @Test
  void theIdOfACompressedAnswerIsFoundToo() throws IOException {
    FakeRequest request = FakeRequest.post("https://api.openai.com/v1/responses", "");
    UsageScan scan =
        Objects.requireNonNull(
            ShippedProfiles.named("openai")
                .usageScan(request, answer("text/event-stream", "gzip")));
    byte[] events = gzip("data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}\n\n");
    scan.read(events, 0, events.length);

    assertThat(scan.end(true)).isNull();
    assertThat(scan.madeId()).isEqualTo("r");
  }
}
