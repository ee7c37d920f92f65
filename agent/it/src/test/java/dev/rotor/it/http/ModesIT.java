package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.ReceivedRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** How much Rotor does, where, and for how many. */
class ModesIT {

  @TestFactory
  Stream<DynamicNode> modes() {
    return new Table()
        .row("inject places a key, and no more", Apis.TWO_KEYS + "mode: inject\n", ModesIT::inject)
        .row("off leaves all as it is", Apis.TWO_KEYS + "mode: off\n", ModesIT::off)
        .row(
            Scenario.of(
                    "when: by method and path", Apis.ONE_KEY + "intercept: false\n", ModesIT::when)
                .bind(
                    """
                    - host: "<host>"
                      when: {method: GET, path: "/echo/bound/**"}
                      rotate: <api>
                    """))
        .row(
            Scenario.of("a part may be excepted", Apis.ONE_KEY, ModesIT::excepted)
                .bind(
                    """
                    - host: "<host>"
                      when: {path: "/echo/private/**"}
                      rotate: <api>
                      mode: off
                    """))
        .row(
            Scenario.of(
                    "share: of some requests", Apis.ONE_KEY + "intercept: false\n", ModesIT::share)
                .bind(
                    """
                    - host: "<host>"
                      rotate: <api>
                      share: 50%
                    """))
        .row(
            Scenario.of("a limit on a host", Apis.ONE_KEY + "intercept: false\n", ModesIT::limit)
                .bind(
                    """
                    - host: "<host>"
                      rotate: <api>
                      limit: 2/1h
                    """))
        .run();
  }

  private static void inject(Case it) {
    it.provider().next(429, Map.of("x-answer", "first"), Apis.LIMITED);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).isEqualTo(429);
    assertThat(seen.header("x-answer")).isEqualTo("first");
    assertThat(it.keys()).containsExactly("alpha");
    it.provider().next(503, Map.of(), "{}");
    assertThat(it.get("/echo").send().status()).as("no retry either").isEqualTo(503);
    assertThat(it.keys()).hasSize(2).doesNotContain("none");
  }

  private static void off(Case it) {
    assertThat(it.get("/echo").header("Authorization", "Bearer rotor").send().status())
        .isEqualTo(401);
    assertThat(it.provider().requests().get(0).header("authorization")).isEqualTo("Bearer rotor");
  }

  private static void when(Case it) {
    assertThat(it.get("/echo/bound/1/2").send().status()).isEqualTo(200);
    assertThat(it.get("/echo/free/1").send().status()).isEqualTo(401);
    assertThat(it.post("/echo/bound/1", "x").send().status()).isEqualTo(401);
    assertThat(it.provider().requests())
        .extracting(ReceivedRequest::key)
        .containsExactly("alpha", "none", "none");
  }

  private static void excepted(Case it) {
    assertThat(it.get("/echo/private/1").send().status()).isEqualTo(401);
    assertThat(it.get("/echo/public").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("none", "alpha");
  }

  private static void share(Case it) {
    it.get("/echo").with("threads", 1).with("calls", 60).run("threads");
    long bound = it.keys().stream().filter("alpha"::equals).count();
    assertThat(bound).as("of 60 requests, half").isBetween(10L, 50L);
    assertThat(it.keys().stream().filter("none"::equals).count()).isEqualTo(60 - bound);
  }

  private static void limit(Case it) {
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    Seen third = it.get("/echo").send();
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.text()).contains("over the limit");
    assertThat(it.keys()).hasSize(2);
  }
}
