package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Payload;
import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import dev.rotor.samples.stub.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is sent again byte for byte, and what comes back whole. */
final class BodyScenarios {

  private static final int LARGE = 2 << 20;
  private static final int SMALL = 10_000;

  /** More than Rotor records. */
  private static final int LONG = LARGE + 1;

  /** Those that hand on a stream or a publisher without saying that it comes once. */
  private static final Set<Column> SAYING_NOTHING =
      Column.on("Jdk", "Url", "RestTemplate/", "RestClient", "Netty", "WebClient");

  private static final Set<Column> BYTES_ONLY = Column.on("Feign");
  private static final String NO_STREAM = "the client takes its bodies as bytes only";

  private BodyScenarios() {}

  static List<Row> rows() {
    return List.of(
        Row.of("a body of 2 MB is replayed byte for byte", Apis.TWO_KEYS, BodyScenarios::replayed),
        Row.of(
                "a one-shot body of 10 KB is recorded, and sent again whole",
                Apis.TWO_KEYS,
                BodyScenarios::recorded)
            .except(BYTES_ONLY, NO_STREAM)
            .except(
                EnumSet.complementOf(EnumSet.copyOf(SAYING_NOTHING)),
                "the client knows that the body comes once, and so it is sent once"),
        Row.of(
                "a one-shot body that is known as such, or longer than 2 MB, is sent once",
                Apis.TWO_KEYS,
                BodyScenarios::sentOnce)
            .except(BYTES_ONLY, NO_STREAM),
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

  private static void recorded(Trial it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    Seen seen = oneShot(it, SMALL);
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
    assertWhole(it.provider().requests(), SMALL);
  }

  private static void sentOnce(Trial it) {
    it.provider().next(429, Map.of("retry-after", "30", "x-refused", "yes"), Apis.LIMITED);
    int length = SAYING_NOTHING.contains(it.column()) ? LONG : SMALL;
    assertRefused(oneShot(it, length));
    assertWhole(it.provider().requests(), length);
    it.provider().next(429, Map.of("retry-after", "30", "x-refused", "yes"), Apis.LIMITED);
    assertRefused(oneShot(it, LONG));
    assertWhole(it.provider().requests().subList(1, 2), LONG);
    assertThat(it.keys()).as("once each, and the first one rests").containsExactly("alpha", "beta");
  }

  private static Seen oneShot(Trial it, int length) {
    return it.sending("POST", "/echo").bytes(length).with("body-kind", "stream").send();
  }

  private static void assertRefused(Seen seen) {
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(seen.header("x-refused")).as("the provider's own").isEqualTo("yes");
  }

  private static void assertWhole(List<ReceivedRequest> received, int length) {
    assertThat(received)
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(Payload.sum(one.body())).isEqualTo(Payload.sum(Payload.bytes(length))));
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
