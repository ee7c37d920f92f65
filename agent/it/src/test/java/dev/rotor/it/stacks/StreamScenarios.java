package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import dev.rotor.it.http.Sending;
import dev.rotor.samples.stub.ScriptedStream;
import java.util.List;
import java.util.Map;

/** Answers that come piece by piece. */
final class StreamScenarios {

  private static final String REQUEST =
      """
      {"model": "m", "stream": true, "messages": [{"role": "user", "content": "one"}]}""";
  private static final String TWO_PLACES =
      """
      profile: generic-bearer
      base-url: <url>
      keys:
        - {name: alpha, secret: "${KEY_ALPHA}", priority: 3, limits: {concurrent: 1}}
        - {name: beta, secret: "${KEY_BETA}", priority: 2}
      """;
  private static final String ONE_PLACE =
      """
      profile: generic-bearer
      base-url: <url>
      wait: 5s
      keys: [{name: alpha, secret: "${KEY_ALPHA}", limits: {concurrent: 1}}]
      """;

  private StreamScenarios() {}

  static List<Row> rows() {
    return List.of(
        Row.of(
            "a stream is not delayed, even after a rotation",
            Apis.TWO_KEYS,
            StreamScenarios::prompt),
        Row.of(
            "a stream holds its key's place to its last byte", TWO_PLACES, StreamScenarios::held),
        Row.of("a stream that is left early frees its place", ONE_PLACE, StreamScenarios::left)
            .except(
                Column.on("RestTemplate/httpcomponents"),
                "the client reads an answer to its end when it is closed"),
        Row.of("a stream's usage is counted", Apis.TWO_KEYS, StreamScenarios::counted),
        Row.of("a stream that breaks off is not replayed", Apis.TWO_KEYS, StreamScenarios::broken));
  }

  private static Sending.Started open(Trial it, int lines) {
    return it.post("/v1/chat/completions", REQUEST)
        .header("Content-Type", "application/json")
        .with("lines", lines)
        .read();
  }

  private static void prompt(Trial it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    ScriptedStream stream = it.provider().nextStream();
    Sending.Started reading = open(it, Integer.MAX_VALUE);
    stream.event("one");
    assertThat(reading.line()).as("before the second is sent").isEqualTo("data: one");
    stream.event("two");
    assertThat(reading.line()).isEqualTo("data: two");
    stream.end();
    Seen seen = reading.await();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).isEqualTo("data: one\n\ndata: two\n\n");
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void held(Trial it) {
    ScriptedStream stream = it.provider().nextStream();
    Sending.Started reading = open(it, Integer.MAX_VALUE);
    stream.event("one");
    assertThat(reading.line()).isEqualTo("data: one");
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).as("the stream still runs").containsExactly("alpha", "beta");
    stream.end();
    assertThat(reading.await().status()).isEqualTo(200);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).as("it has ended").containsExactly("alpha", "beta", "alpha");
  }

  private static void counted(Trial it) {
    ScriptedStream stream = it.provider().nextStream();
    Sending.Started reading = open(it, Integer.MAX_VALUE);
    stream.event("{\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"one\"}}]}");
    assertThat(reading.line()).startsWith("data: {");
    assertThat(it.keys()).containsExactly("alpha");
    // a number that no other case has
    int prompt = it.provider().port();
    stream.event(
        "{\"choices\": [], \"usage\": {\"prompt_tokens\": %d, \"completion_tokens\": 7, \"total_tokens\": %d}}"
            .formatted(prompt, prompt + 7));
    stream.event("[DONE]");
    stream.end();
    assertThat(reading.await().text()).endsWith("data: [DONE]\n\n");
    String told = it.awaitTold("Usage[input=" + prompt + ", ");
    assertThat(told).contains("key alpha").contains("output=7, total=" + (prompt + 7));
  }

  private static void left(Trial it) {
    ScriptedStream stream = it.provider().nextStream();
    Sending.Started reading = open(it, 1);
    stream.event("one");
    Seen seen = reading.await();
    assertThat(seen.text()).as("%s", seen).isEqualTo("data: one\n");
    Seen next = it.get("/echo").send();
    assertThat(next.status()).as("%s", next).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
    stream.end();
  }

  private static void broken(Trial it) {
    ScriptedStream stream = it.provider().nextStream();
    Sending.Started reading = open(it, Integer.MAX_VALUE);
    stream.event("one");
    assertThat(reading.line()).isEqualTo("data: one");
    stream.cut();
    Seen seen = reading.await();
    assertThat(seen.failure()).as("the client's own: %s", seen).isNotNull();
    assertThat(it.keys()).containsExactly("alpha");
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).as("not at fault").containsExactly("alpha", "alpha");
  }
}
