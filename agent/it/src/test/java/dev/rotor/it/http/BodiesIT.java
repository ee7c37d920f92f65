package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Payload;
import dev.rotor.samples.stub.Fault;
import dev.rotor.samples.stub.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What is sent again, byte for byte, and what is sent once. */
class BodiesIT {

  /** For Rotor to record it. */
  private static final int TOO_LONG = 2_500_000;

  private static final int MEGABYTE = 1 << 20;

  @TestFactory
  Stream<DynamicNode> bodiesArrive() {
    return new Table()
        .row("a small body is sent again", Apis.TWO_KEYS, it -> sentAgain(it, "POST", 1000))
        .row(
            "a body of a megabyte is sent again",
            Apis.TWO_KEYS,
            it -> sentAgain(it, "PUT", MEGABYTE))
        .row("an empty body is sent again", Apis.TWO_KEYS, it -> sentAgain(it, "POST", 0))
        .row("a one-shot body gets a key", Apis.TWO_KEYS, it -> oneShot(it, "stream"))
        .row("a long one-shot body is sent once", Apis.TWO_KEYS, it -> sentOnce(it, "stream"))
        .row("so is one of known length", Apis.TWO_KEYS, it -> sentOnce(it, "fixed"))
        .row(
            Scenario.of("a short stream is recorded", Apis.TWO_KEYS, it -> recorded(it, "stream"))
                .with(Way.RECORDING))
        .row(
            Scenario.of("so is one of known length", Apis.TWO_KEYS, it -> recorded(it, "fixed"))
                .with(Way.RECORDING))
        .row(
            "a one-shot body waits for its key",
            Apis.ONE_KEY + "wait: 5s\n",
            BodiesIT::oneShotWaits)
        .row("a one-shot body is not sent without a key", Apis.ONE_KEY, BodiesIT::oneShotRefused)
        .row("a HEAD rotates", Apis.TWO_KEYS, BodiesIT::head)
        .row("a DELETE rotates", Apis.TWO_KEYS, BodiesIT::delete)
        .row("a one-shot PUT is not retried", Apis.TWO_KEYS, BodiesIT::oneShotPut)
        .run();
  }

  private static void limit(Case it) {
    it.provider().next(429, Map.of("retry-after", "30", "x-refused", "yes"), Apis.LIMITED);
  }

  private static void sentAgain(Case it, String method, int length) {
    limit(it);
    Seen seen = it.sending(method, "/echo").bytes(length).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    List<ReceivedRequest> received = it.provider().requests();
    assertThat(it.keys()).containsExactly("alpha", "beta");
    for (ReceivedRequest one : received) {
      assertThat(one.method()).isEqualTo(method);
      assertThat(one.body().length).isEqualTo(length);
      assertThat(Payload.sum(one.body())).isEqualTo(Payload.sum(Payload.bytes(length)));
    }
    assertThat(received.get(1).header("content-length")).isEqualTo(Integer.toString(length));
  }

  private static void oneShot(Case it, String kind) {
    Seen seen = it.sending("POST", "/echo").bytes(10_000).with("body-kind", kind).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha");
    assertThat(Payload.sum(it.provider().requests().get(0).body()))
        .isEqualTo(Payload.sum(Payload.bytes(10_000)));
  }

  private static void sentOnce(Case it, String kind) {
    limit(it);
    Seen seen = it.sending("POST", "/echo").bytes(TOO_LONG).with("body-kind", kind).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(seen.header("x-refused")).isEqualTo("yes");
    assertThat(seen.text()).isEqualTo(Apis.LIMITED);
    assertThat(it.keys()).containsExactly("alpha");
    assertThat(it.sending("POST", "/echo").bytes(10).with("body-kind", kind).send().status())
        .isEqualTo(200);
    assertThat(it.keys()).as("the first one rests").containsExactly("alpha", "beta");
  }

  private static void recorded(Case it, String kind) {
    limit(it);
    Seen seen = it.sending("POST", "/echo").bytes(10_000).with("body-kind", kind).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
    List<ReceivedRequest> received = it.provider().requests();
    for (ReceivedRequest one : received) {
      assertThat(one.body()).isEqualTo(Payload.bytes(10_000));
      for (String framing : List.of("content-length", "transfer-encoding")) {
        assertThat(one.header(framing)).isEqualTo(received.get(0).header(framing));
      }
    }
  }

  private static void oneShotWaits(Case it) {
    it.provider().next(429, Map.of("retry-after-ms", "100"), Apis.LIMITED);
    Seen first = it.sending("POST", "/echo").bytes(TOO_LONG).with("body-kind", "stream").send();
    assertThat(first.status()).isEqualTo(429);
    oneShotArrives(it);
  }

  private static void oneShotArrives(Case it) {
    Seen seen = it.sending("POST", "/echo").bytes(10_000).with("body-kind", "stream").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
    assertThat(it.provider().requests().get(1).body()).isEqualTo(Payload.bytes(10_000));
  }

  private static void oneShotRefused(Case it) {
    limit(it);
    assertThat(it.get("/echo").send().status()).isEqualTo(429);
    Seen seen = it.sending("POST", "/echo").bytes(10_000).with("body-kind", "stream").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(seen.header("x-refused")).isNull();
    assertThat(seen.text()).contains("no key of API");
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void head(Case it) {
    limit(it);
    Seen seen = it.sending("HEAD", "/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.length()).isZero();
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void delete(Case it) {
    limit(it);
    assertThat(it.sending("DELETE", "/echo/1").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void oneShotPut(Case it) {
    it.provider().faultAt(1, Fault.status(503));
    Seen seen = it.sending("PUT", "/echo").bytes(TOO_LONG).with("body-kind", "stream").send();
    assertThat(seen.status()).as("not even after a 503").isEqualTo(503);
    assertThat(it.keys()).containsExactly("alpha");
  }
}
