package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import dev.rotor.it.http.Sending;
import dev.rotor.samples.stub.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Requests that are given up, that take too long, or are lost. */
final class EndScenarios {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String ONE_PLACE =
      """
      profile: generic-bearer
      base-url: <url>
      wait: 5s
      keys: [{name: alpha, secret: "${KEY_ALPHA}", limits: {concurrent: 1}}]
      """;

  /** After one request alpha is at its limit; an id tells which requests are one call. */
  private static final String ONE_REQUEST_EACH_CALL =
      """
      profile: generic-bearer
      base-url: <url>
      request-id-header: X-Call
      keys:
        - {name: alpha, secret: "${KEY_ALPHA}", priority: 3, limits: {requests: 1/20m}}
        - {name: beta, secret: "${KEY_BETA}", priority: 2}
      """;

  private static final Set<Column> ASYNC =
      Column.on("Jdk/sendAsync", "OkHttp/enqueue", "Apache5Async", "Netty", "WebClient");
  private static final Set<Column> ON_URL_CONNECTION = Column.on("Url", "Feign/", "RestTemplate/");

  private EndScenarios() {}

  static List<Row> rows() {
    return List.of(
        Row.of(
                "a cancelled request frees its key's place at once",
                ONE_PLACE.replace("wait: 5s", "wait: 0s"),
                EndScenarios::cancelled)
            .except(Column.on("Feign", "RestTemplate"), "a running request cannot be given up"),
        Row.of("the caller does not wait for a key", ONE_PLACE, EndScenarios::callerGoesOn)
            .except(EnumSet.complementOf(EnumSet.copyOf(ASYNC)), "a blocking call"),
        Row.of(
            "the client's own time-out holds and frees the key's place",
            ONE_PLACE.replace("wait: 5s", "wait: 0s") + "retry: off\n",
            EndScenarios::timesOut),
        Row.of(
            "a GET is retried after a reset", ONE_REQUEST_EACH_CALL, EndScenarios::getAfterReset),
        Row.of("a POST is not retried after a reset", Apis.TWO_KEYS, EndScenarios::postAfterReset)
            .except(ON_URL_CONNECTION, "the JDK's client itself sends such a POST again"),
        Row.of(
            "a GET is retried after a 503, with the same key",
            Apis.TWO_KEYS,
            EndScenarios::after503));
  }

  private static void cancelled(Trial it) throws Exception {
    it.provider().faultAt(1, Fault.slow(LONG));
    Sending.Started started = it.get("/echo").start();
    it.await(1);
    started.cancel();
    it.awaitAborted(1);
    Seen seen = started.await();
    assertThat(seen.failure()).as("%s", seen).isNotNull();
    Seen next = it.get("/echo").send();
    assertThat(next.status()).as("the key's only place: %s", next).isEqualTo(200);
    assertThat(it.keys()).as("not sent again").containsExactly("alpha", "alpha");
  }

  private static void callerGoesOn(Trial it) throws Exception {
    it.provider().faultAt(1, Fault.slow(LONG));
    Sending.Started first = it.get("/echo/first").start();
    it.await(1);
    Sending.Started second = it.get("/echo/second").start();
    assertThat(second.isBegun()).as("it waits for the first, not its caller").isTrue();
    assertThat(it.keys()).containsExactly("alpha");
    first.cancel();
    assertThat(second.await().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
    first.await();
  }

  private static void timesOut(Trial it) throws Exception {
    it.provider().faultAt(1, Fault.slow(LONG));
    long start = System.nanoTime();
    Seen seen = it.get("/echo").timeout(Duration.ofMillis(200)).send();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
    assertThat(seen.message() + seen.cause()).as("%s", seen).containsPattern("(?i)timed? ?out");
    it.awaitAborted(1);
    Seen next = it.get("/echo").send();
    assertThat(next.status()).as("%s", next).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
  }

  /**
   * Two resets, since some clients repeat once by themselves. What a client repeats carries the
   * same key where that is below Rotor, and is another call where it is above.
   */
  private static void getAfterReset(Trial it) {
    it.provider().faultAt(1, Fault.reset());
    it.provider().faultAt(2, Fault.reset());
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).hasSize(3).startsWith("alpha").endsWith("beta");
    assertThat(it.provider().requests())
        .extracting(one -> one.header("x-call"))
        .doesNotContainNull()
        .containsOnly(it.provider().requests().get(0).header("x-call"));
  }

  private static void postAfterReset(Trial it) {
    it.provider().faultAt(1, Fault.reset());
    Seen seen = it.post("/echo", "hello").send();
    assertThat(seen.failure()).as("%s", seen).isNotNull();
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void after503(Trial it) {
    it.provider().faultAt(1, Fault.status(503));
    it.provider().faultAt(2, Fault.status(500));
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).as("the key is not at fault").containsExactly("alpha", "alpha", "alpha");
  }
}
