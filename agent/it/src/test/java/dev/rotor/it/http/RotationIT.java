package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.Fault;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Another key, when it is the key's fault; another try, when it is the service's. */
class RotationIT {

  private static final String QUOTA =
      "{\"error\": {\"message\": \"You exceeded your current quota\", \"code\": \"insufficient_quota\"}}";

  @TestFactory
  Stream<DynamicNode> keysRotate() {
    return new Table()
        .row("a 429 rotates and is not seen", Apis.TWO_KEYS, RotationIT::rotates)
        .row("a POST rotates with its body", Apis.TWO_KEYS, RotationIT::postRotates)
        .row("with all keys limited, the last 429 is the answer", Apis.TWO_KEYS, RotationIT::last)
        .row("without a usable key, Rotor answers itself", Apis.ONE_KEY, RotationIT::refusal)
        .row("a refused credential is put aside", Apis.TWO_KEYS, RotationIT::unauthorized)
        .row("a request that two keys are refused for is at fault", Apis.TWO_KEYS, RotationIT::both)
        .row("a used-up quota rests its key", Apis.TWO_KEYS, RotationIT::quota)
        .run();
  }

  @TestFactory
  Stream<DynamicNode> requestsAreRetried() {
    return new Table()
        .row("a GET is retried after a 503", Apis.TWO_KEYS, RotationIT::getAfter503)
        .row("a POST is not retried after a 503", Apis.TWO_KEYS, RotationIT::postAfter503)
        .row(
            "a POST with an idempotency key is retried",
            Apis.TWO_KEYS + "idempotency-header: Idempotency-Key\n",
            RotationIT::idempotent)
        .row("a GET is retried after a reset", Apis.TWO_KEYS, RotationIT::getAfterReset)
        .row(
            // the JDK's HttpURLConnection repeats it by itself
            Scenario.of("a POST is lost in a reset", Apis.TWO_KEYS, RotationIT::postAfterReset)
                .with(Way.allBut(Way.URL_CONNECTIONS)))
        .row("retries end", Apis.TWO_KEYS, RotationIT::retriesEnd)
        .row("a client error is the answer", Apis.TWO_KEYS, RotationIT::clientError)
        .run();
  }

  private static void rotates(Case it) {
    it.provider().next(429, Map.of("retry-after", "7", "x-refused", "yes"), Apis.LIMITED);
    Seen seen = it.get("/echo/first").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).contains("/echo/first");
    assertThat(seen.header("x-refused")).isNull();
    assertThat(it.get("/echo/second").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta", "beta");
  }

  private static void postRotates(Case it) {
    it.provider().next(429, Map.of("retry-after", "7"), Apis.LIMITED);
    Seen seen = it.post("/echo", "{\"model\": \"m\"}").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
    assertThat(it.provider().requests())
        .allSatisfy(request -> assertThat(request.text()).isEqualTo("{\"model\": \"m\"}"));
  }

  private static void last(Case it) {
    it.provider().next(429, Map.of("retry-after", "30", "x-answer", "first"), Apis.LIMITED);
    it.provider().next(429, Map.of("retry-after", "40", "x-answer", "second"), Apis.LIMITED);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(seen.header("x-answer")).isEqualTo("second");
    assertThat(seen.text()).isEqualTo(Apis.LIMITED);
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void refusal(Case it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    assertThat(it.get("/echo").send().text()).isEqualTo(Apis.LIMITED);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(seen.text()).startsWith("{\"error\":{").contains("no key of API `" + it.api());
    assertThat(Integer.parseInt(seen.header("retry-after"))).isBetween(25, 33);
    assertThat(seen.header("content-type")).isEqualTo("application/json");
    assertThat(it.keys()).as("no attempt").containsExactly("alpha");
  }

  private static void unauthorized(Case it) {
    it.provider().disable("alpha");
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta", "beta");
    assertThat(it.application().told("apis." + it.api() + ": key alpha"))
        .singleElement()
        .asString()
        .contains("is disabled");
  }

  private static void both(Case it) {
    it.provider().next(401, Map.of("x-answer", "first"), "{}");
    it.provider().next(401, Map.of("x-answer", "second"), "{}");
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("x-answer")).isEqualTo("second");
    assertThat(it.get("/echo").send().status()).as("neither key is lost").isEqualTo(200);
  }

  private static void quota(Case it) {
    it.provider().nextFor("alpha", 429, Map.of(), QUOTA);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta", "beta");
  }

  private static void getAfter503(Case it) {
    it.provider().next(503, Map.of("x-answer", "first"), "{}");
    it.provider().next(500, Map.of("x-answer", "second"), "{}");
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.header("x-answer")).isNull();
    assertThat(it.keys()).as("the key is not at fault").containsExactly("alpha", "alpha", "alpha");
  }

  private static void postAfter503(Case it) {
    it.provider().next(503, Map.of("x-answer", "only"), "{\"busy\": true}");
    Seen seen = it.post("/echo", "hello").send();
    assertThat(seen.status()).isEqualTo(503);
    assertThat(seen.header("x-answer")).isEqualTo("only");
    assertThat(seen.text()).isEqualTo("{\"busy\": true}");
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void idempotent(Case it) {
    it.provider().next(503, Map.of(), "{}");
    it.provider().next(429, Map.of("retry-after", "7"), Apis.LIMITED);
    assertThat(it.post("/echo", "hello").send().status()).isEqualTo(200);
    assertThat(it.post("/echo", "hello").send().status()).isEqualTo(200);
    var keys = it.provider().requests().stream().map(one -> one.header("idempotency-key")).toList();
    assertThat(keys).hasSize(4).doesNotContainNull();
    assertThat(keys.subList(0, 3)).containsOnly(keys.get(0));
    assertThat(keys.get(3)).as("of another call").isNotEqualTo(keys.get(0));
  }

  private static void getAfterReset(Case it) {
    it.provider().faultAt(1, Fault.reset());
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
  }

  private static void postAfterReset(Case it) {
    it.provider().faultAt(1, Fault.reset());
    Seen seen = it.post("/echo", "hello").send();
    assertThat(seen.failure()).as("%s", seen).startsWith("java.");
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void retriesEnd(Case it) {
    for (int i = 1; i <= 4; i++) {
      it.provider().next(503, Map.of("x-answer", Integer.toString(i)), "{}");
    }
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).isEqualTo(503);
    assertThat(seen.header("x-answer")).isEqualTo("4");
    assertThat(it.keys()).as("once, and retry.max").hasSize(4);
  }

  private static void clientError(Case it) {
    it.provider().next(404, Map.of(), "{\"error\": \"none such\"}");
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).isEqualTo(404);
    assertThat(seen.text()).isEqualTo("{\"error\": \"none such\"}");
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
  }
}
