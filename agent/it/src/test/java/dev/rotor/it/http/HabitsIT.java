package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.Fault;
import dev.rotor.samples.stub.ReceivedRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What applications do with their clients works as it did. */
class HabitsIT {

  private static final String BEHIND_PROXY =
      """
      profile: generic-bearer
      hosts: ["<api>.invalid"]
      keys: [{name: alpha, secret: "${KEY_ALPHA}", priority: 3}, {name: beta, secret: "${KEY_BETA}"}]
      """;
  private static final String ONE_PLACE =
      """
      profile: generic-bearer
      base-url: <url>
      wait: 20s
      keys: [{name: alpha, secret: "${KEY_ALPHA}", limits: {concurrent: 1}}]
      """;

  @TestFactory
  Stream<DynamicNode> clientsAreUsedAsEver() {
    return new Table()
        .row(
            Scenario.of("through a proxy", BEHIND_PROXY, HabitsIT::proxy)
                .with(Way.allBut(EnumSet.of(Way.URL_HTTPS))))
        .row("a body in a content encoding stays so", Apis.ONE_KEY, HabitsIT::encoded)
        .row(only(Way.OKHTTP, "an interceptor brings the credential", HabitsIT::interceptor))
        .row(
            Scenario.of("a call's time-out ends its wait", ONE_PLACE, HabitsIT::callTimeout)
                .with(EnumSet.of(Way.OKHTTP)))
        .row(only(Way.URL, "URL.openStream", HabitsIT::openStream))
        .row(only(Way.URL, "an input stream of a refused request throws", HabitsIT::inputFirst))
        .row(only(Way.JDK_SEND, "a redirect that is not followed is seen", HabitsIT::noRedirects))
        .run();
  }

  private static Scenario only(Way way, String name, Scenario.Body body) {
    return Scenario.of(name, Apis.TWO_KEYS, body).with(EnumSet.of(way));
  }

  private static Seen habit(Case it, String path, String habit) {
    return it.get(path).with("habit", habit).run("habit");
  }

  private static void proxy(Case it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    Seen seen =
        it.get("http://" + it.api() + ".invalid/echo/1?a=b")
            .with("proxy", it.provider().port())
            .send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
    ReceivedRequest received = it.provider().requests().get(1);
    assertThat(received.header("host")).isEqualTo(it.api() + ".invalid");
    assertThat(it.application().told("http://" + it.api() + ".invalid in plain text")).hasSize(1);
  }

  private static void encoded(Case it) {
    Map<String, String> headers = Map.of("content-encoding", "br", "retry-after", "30");
    it.provider().next(200, headers, "not for us to read");
    Seen seen = it.get("/echo").header("Accept-Encoding", "br").send();
    assertThat(seen.text()).isEqualTo("not for us to read");
    assertThat(seen.header("content-encoding")).isEqualTo("br");
    it.provider().next(429, headers, "nor this");
    Seen held = it.get("/echo").header("Accept-Encoding", "br").send();
    assertThat(held.text()).isEqualTo("nor this");
    assertThat(held.header("content-encoding")).isEqualTo("br");
    assertThat(held.header("content-length")).isEqualTo("8");
    assertThat(it.provider().requests())
        .allSatisfy(one -> assertThat(one.header("accept-encoding")).isEqualTo("br"));
  }

  private static void interceptor(Case it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    Seen seen = habit(it, "/echo", "interceptor");
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.number("answers")).isEqualTo(1);
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void callTimeout(Case it) throws Exception {
    it.provider().faultAt(1, Fault.slow(Duration.ofSeconds(60)));
    Sending.Started first = it.get("/echo").start();
    it.provider().await(request -> request.number() == 1, Duration.ofSeconds(20));
    long start = System.nanoTime();
    Seen seen = habit(it, "/echo", "call-timeout");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(seen.failure()).as("%s", seen).isEqualTo("java.io.InterruptedIOException");
    assertThat(seen.message()).contains("timeout");
    first.cancel();
    first.await();
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).hasSize(2);
  }

  private static void openStream(Case it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    assertThat(habit(it, "/echo/stream", "open-stream").text()).contains("/echo/stream");
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void inputFirst(Case it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    for (String text : new String[] {"Rate limit reached", "no key of API"}) {
      Seen seen = habit(it, "/echo/x", "input-first");
      assertThat(seen.failure()).isEqualTo("java.io.IOException");
      assertThat(seen.message()).contains("response code: 429").contains("/echo/x");
      assertThat(seen.text()).contains(text);
      assertThat(seen.words().get("line")).isEqualTo("HTTP/1.1 429 Too Many Requests");
    }
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void noRedirects(Case it) {
    Seen seen = habit(it, "/redirect?to=/echo/next", "no-redirects");
    assertThat(seen.status()).isEqualTo(307);
    assertThat(seen.text()).isEqualTo("/echo/next");
    assertThat(it.keys()).containsExactly("alpha");
  }
}
