package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Payload;
import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import dev.rotor.samples.stub.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What is sent again byte for byte, and what comes back whole. */
final class BodyScenarios {

  private static final int LARGE = 2 << 20;
  private static final int ONE_SHOT = 10_000;

  private BodyScenarios() {}

  static List<Row> rows() {
    return List.of(
        Row.of("a body of 2 MB is replayed byte for byte", Apis.TWO_KEYS, BodyScenarios::replayed),
        Row.of(
                "a one-shot body is sent once, or whole again",
                Apis.TWO_KEYS,
                BodyScenarios::oneShot)
            .except(Column.on("Feign"), "the client takes its bodies as bytes only"),
        Row.of("an error answer of 400 KB passes whole", Apis.TWO_KEYS, BodyScenarios::largeError),
        Row.of("a compressed answer is handed on", Apis.TWO_KEYS, BodyScenarios::compressed));
  }

  private static void replayed(Trial it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    Seen seen = it.sending("POST", "/v1/sink").bytes(LARGE).send();
    assertThat(it.keys()).as("%s", seen.status()).containsExactly("alpha", "beta");
    for (ReceivedRequest one : it.provider().requests()) {
      assertThat(one.body().length).isEqualTo(LARGE);
      assertThat(Payload.sum(one.body())).isEqualTo(Payload.sum(Payload.bytes(LARGE)));
    }
    // there is no such path, which the second key was told
    assertThat(seen.status()).isEqualTo(404);
  }

  /** Either Rotor leaves it alone, or it has read it along and sends all of it again. */
  private static void oneShot(Trial it) {
    it.provider().next(429, Map.of("retry-after", "30", "x-refused", "yes"), Apis.LIMITED);
    Seen seen = it.sending("POST", "/echo").bytes(ONE_SHOT).with("body-kind", "stream").send();
    assertThat(it.provider().requests())
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(Payload.sum(one.body()))
                    .isEqualTo(Payload.sum(Payload.bytes(ONE_SHOT))));
    if (it.keys().size() > 1) {
      assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    } else {
      assertThat(seen.status()).as("%s", seen).isEqualTo(429);
      assertThat(seen.header("x-refused")).isEqualTo("yes");
      assertThat(it.get("/echo").send().status()).isEqualTo(200);
    }
    assertThat(it.keys()).as("the first one rests").containsExactly("alpha", "beta");
  }

  private static void largeError(Trial it) {
    String body = "{\"error\": \"" + "x".repeat(400_000) + "\"}";
    it.provider().next(429, Map.of("retry-after", "30", "x-large", "yes"), body);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("too long to be held: %s", seen.message()).isEqualTo(429);
    assertThat(seen.header("x-large")).isEqualTo("yes");
    assertThat(seen.length()).isEqualTo(body.length());
    assertThat(seen.sum()).isEqualTo(Payload.sum(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).as("and its key rests").containsExactly("alpha", "beta");
  }

  /** Some clients decompress, some leave it to the application; both get all of it. */
  private static void compressed(Trial it) {
    String body = "{\"text\": \"" + "abc ".repeat(5000) + "\"}";
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    it.provider().next(200, Map.of("content-encoding", "gzip"), body);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.words().get("plain-sum"))
        .isEqualTo(Long.toString(Payload.sum(body.getBytes(StandardCharsets.UTF_8))));
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }
}
