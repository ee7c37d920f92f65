package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import dev.rotor.samples.stub.Fault;
import dev.rotor.samples.stub.ReceivedRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What lies below a request: protocol, pool, and many at once. */
final class ConnectionScenarios {

  private static final int CALLS = 20;
  private static final int THREADS = 16;
  private static final int CALLS_OF_A_THREAD = 10;
  private static final String FRONT = Apis.TWO_KEYS.replace("<url>", "<front>");
  private static final String LOADED =
      """
      profile: generic-bearer
      base-url: <url>
      keys: ["${KEY_ALPHA}", "${KEY_BETA}", "${KEY_GAMMA}", "${KEY_DELTA}"]
      cooldown: 3ms
      wait: {max: 15s, callers: 50}
      strategy: round-robin
      """;

  private ConnectionScenarios() {}

  static List<Row> rows() {
    return List.of(
        Row.of("HTTP/2: a 429 rotates", FRONT, ConnectionScenarios::http2)
            .except(
                Column.on("Url", "Apache4", "Apache5", "Feign/", "RestTemplate"),
                "the client speaks HTTP/1.1 only"),
        Row.of(
            "20 rotated calls use one connection, and leak none",
            Apis.TWO_KEYS + "wait: 5s\n",
            ConnectionScenarios::noLeak),
        Row.of(
                "16 threads, keys limited at random: no failed call",
                LOADED,
                ConnectionScenarios::load)
            .provider(stub -> stub.seed(7).fault(Fault.status(429), 0.2)));
  }

  private static void http2(Trial it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    Seen seen = it.post(it.front().url() + "/echo", "hello").with("http2", "yes").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).contains("hello");
    assertThat(it.keys()).containsExactly("alpha", "beta");
    assertThat(it.front().protocols()).hasSize(2).allMatch(one -> one.startsWith("HTTP/2"));
  }

  private static void noLeak(Trial it) {
    for (int i = 1; i <= CALLS; i++) {
      it.provider().next(429, Map.of("retry-after-ms", "1"), Apis.LIMITED);
      Seen seen = it.post("/echo", "hello").with("pool", 1).send();
      assertThat(seen.status()).as("call %s: %s", i, seen).isEqualTo(200);
    }
    List<Integer> each = List.of(429, 200);
    assertThat(it.statuses())
        .isEqualTo(Collections.nCopies(CALLS, each).stream().flatMap(List::stream).toList());
    assertThat(it.provider().connections()).isEqualTo(1);
  }

  private static void load(Trial it) {
    Seen seen =
        it.get("/echo").with("threads", THREADS).with("calls", CALLS_OF_A_THREAD).run("threads");
    int calls = THREADS * CALLS_OF_A_THREAD;
    assertThat(seen.number("failed")).as("%s", seen).isZero();
    assertThat(seen.number("succeeded")).isEqualTo(calls);
    boolean virtual = it.column().stack().java().feature() >= 21;
    assertThat(seen.number("virtual"))
        .as("calls on virtual threads")
        .isEqualTo(virtual ? calls : 0);
    List<ReceivedRequest> received = it.provider().requests();
    assertThat(received).filteredOn(one -> one.status() == 200).hasSize(calls);
    assertThat(received).allMatch(one -> one.status() == 200 || one.status() == 429);
    assertThat(received).as("some were limited").hasSizeGreaterThan(calls);
  }
}
