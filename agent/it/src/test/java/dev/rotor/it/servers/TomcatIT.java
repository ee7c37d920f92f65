package dev.rotor.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.harness.Outcome;
import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Web applications in one Tomcat under the agent: they come, use all clients, and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TomcatIT {

  private static final int LIVES = 20;

  /** Until it is told otherwise, this key is at its limit after one request, and calls wait. */
  private static final String APIS =
      """
      apis:
        provider:
          profile: generic-bearer
          base-url: %s
          keys: [{name: alpha, secret: "${KEY_ALPHA}"}, {name: beta, secret: "${KEY_BETA}"}]
        slow:
          profile: generic-bearer
          base-url: %s
          wait: {max: 30m}
          deadline: 30m
          keys: [{name: gamma, secret: "${KEY_GAMMA}", limits: {requests: 1/20m}}]
      """;

  /** Two APIs with one host. */
  private static final String SHARED =
      """
        shop-api:
          profile: generic-bearer
          base-url: %s
          keys: [{name: gamma, secret: "${KEY_GAMMA}"}]
        news-api:
          profile: generic-bearer
          base-url: %s
          keys: [{name: delta, secret: "${KEY_DELTA}"}]
      """;

  private StubProvider provider;
  private StubProvider slow;
  private StubProvider shared;
  private Tomcat tomcat;

  @BeforeAll
  void start() {
    provider = Keys.provider();
    slow = Keys.provider();
    shared = Keys.provider();
    tomcat = Tomcat.start(configuration(""));
  }

  @AfterAll
  void stop() {
    Stream.of(tomcat, provider, slow, shared)
        .forEach(
            it -> {
              if (it instanceof Tomcat running) {
                running.close();
              } else if (it instanceof StubProvider stub) {
                stub.close();
              }
            });
  }

  @BeforeEach
  void forget() {
    provider.reset();
    shared.reset();
  }

  private String configuration(String binds) {
    return APIS.formatted(provider.url(), slow.url())
        + SHARED.formatted(shared.url(), shared.url())
        + binds;
  }

  @Test
  @Order(1)
  void keysRotateForEachClientOfAnApplication() {
    tomcat.deploy("shop", Apps.shop());
    for (String way : List.of("jdk", "url", "okhttp", "quote")) {
      provider.reset();
      provider.next(429, Map.of("retry-after-ms", "10"), Apis.LIMITED);

      assertThat(ask("shop/" + way, provider)).as(way).startsWith("200 200 {\"method\": \"GET\"");

      assertThat(Keys.of(provider)).as(way).hasSize(2).doesNotHaveDuplicates();
      assertThat(Keys.of(provider)).as(way).containsOnly("alpha", "beta");
    }
    assertThat(ask("shop/cached", provider))
        .isEqualTo("200 Quote[name=lamp, load=1] Quote[name=lamp, load=1]");
    assertThat(ask("shop/annotations", provider))
        .as("not its own copy, but the one that everybody sees")
        .isEqualTo("200 null");
    tomcat.undeploy("shop");
  }

  @Test
  @Order(2)
  void theClientClassOfEachApplicationHasItsOwnKey() {
    tomcat.reload(
        configuration(
            """
            bind:
              - {method: "com.example.shop.Client#*", rotate: shop-api}
              - {method: "com.example.news.Client#*", rotate: news-api}
            """));
    assertKeysOfBoth();
  }

  @Test
  @Order(3)
  void eachApplicationHasItsOwnKey() {
    String host = "127.0.0.1:" + shared.port();
    tomcat.reload(
        configuration(
            """
            bind:
              - {host: "%s", when: {application: shop}, rotate: shop-api}
              - {host: "%s", when: {application: news}, rotate: news-api}
            """
                .formatted(host, host)));
    assertKeysOfBoth();
  }

  private void assertKeysOfBoth() {
    tomcat.deploy("shop", Apps.shop());
    tomcat.deploy("news", Apps.news());
    assertThat(ask("shop/jdk", shared)).startsWith("200 200");
    assertThat(ask("news/", shared)).startsWith("200 200");
    assertThat(ask("shop/jdk", shared)).startsWith("200 200");
    assertThat(Keys.of(shared)).containsExactly("gamma", "delta", "gamma");
    tomcat.undeploy("news");
    tomcat.undeploy("shop");
  }

  @Test
  @Order(4)
  void redeployingLeavesNoClassLoaderBehind() {
    for (int life = 0; life < LIVES; life++) {
      tomcat.deploy("shop", Apps.shop());
      if (life == 0) {
        assertThat(ask("shop/jdk", slow)).as("the last one for minutes").startsWith("200 200");
      }
      provider.next(429, Map.of("retry-after-ms", "10"), Apis.LIMITED);
      for (String way : List.of("jdk", "url", "okhttp", "quote")) {
        assertThat(ask("shop/" + way, provider)).as(way).startsWith("200 200");
      }
      assertThat(ask("shop/jdk", shared)).as("by its name").startsWith("200 200");
      assertThat(ask("shop/cached", provider)).as("not of an earlier life").contains("load=1");
      assertThat(ask("shop/later", slow)).isEqualTo("200 waits");
      assertThat(ask("shop/later-with", slow)).isEqualTo("200 waits");
      tomcat.undeploy("shop");
    }

    // the manager's own
    tomcat.awaitLoaders(1);
    assertThat(tomcat.leaks()).contains("No memory leaks found");
    assertThat(slow.requests()).hasSize(1);
    assertThat(Keys.of(shared)).hasSize(LIVES).containsOnly("gamma");
  }

  @Test
  @Order(5)
  void noThreadOfRotorsKeepsTheServerAlive() {
    assertThat(tomcat.rotorThreads())
        .anyMatch(it -> it.startsWith("\"rotor-config\""))
        .allMatch(it -> it.contains(" daemon "));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void itEndsCleanly() {
    Outcome outcome = tomcat.terminate();

    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(128 + 15);
    assertThat(outcome.err())
        .contains("Destroying ProtocolHandler")
        .doesNotContain("SEVERE", "Illegal access", "created a ThreadLocal")
        .doesNotContain("NoSuchMethodError", "LinkageError", "NoClassDefFoundError")
        .as("a thread or a thread-local of Rotor's that an application is told of")
        .doesNotContain("dev.rotor.", "named [rotor-")
        .doesNotContain("[rotor] WARN", "[rotor] ERROR");
  }

  private String ask(String path, StubProvider of) {
    return tomcat.get("/" + path + "?of=" + of.url() + "/echo");
  }
}
