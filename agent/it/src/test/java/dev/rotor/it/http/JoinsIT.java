package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bound method that ends in requests to its own API is one call with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinsIT {

  /** One retry, so that a retry of retries would be four requests. */
  private static final String YAML =
      """
      apis:
        joined:
          profile: generic-bearer
          hosts: ["127.0.0.1:%d", "127.0.0.1:%d"]
          strategy: priority
          wait: 0s
          cooldown: 1ms
          circuit-breaker: off
          retry: {max: 1, backoff: 1ms, max-backoff: 2ms, budget: 100%%}
          keys:
            - {name: alpha, secret: "${KEY_ALPHA}", priority: 3, limits: {concurrent: 1}}
            - {name: beta, secret: "${KEY_BETA}", priority: 2}
      bind:
        - {method: "com.example.it.http.Joined#one", rotate: joined}
        - {method: "com.example.it.http.Joined#three", rotate: joined}
        - {method: "com.example.it.http.Joined#outer", rotate: joined}
      """;

  private StubProvider plain;
  private StubProvider secure;
  private Application application;

  @BeforeAll
  void start() {
    plain = Keys.provider();
    secure = Keys.accept(StubProvider.builder().https(Application.tls().context())).start();
    application = Application.start(YAML.formatted(plain.port(), secure.port()));
  }

  @AfterEach
  void forget() {
    plain.reset();
    secure.reset();
  }

  @AfterAll
  void end() {
    try {
      assertThat(application.end().err()).doesNotContain("a fault inside Rotor");
    } finally {
      application.close();
      plain.close();
      secure.close();
    }
  }

  private StubProvider provider(Way way) {
    return way.isHttps() ? secure : plain;
  }

  private Seen run(Way way, String method, Words more) {
    return application.ask(
        new Words()
            .with("do", "joined")
            .with("client", way.client())
            .with("method-site", method)
            .with("url", provider(way).url() + "/echo/" + method)
            .with(more));
  }

  private List<String> keys(Way way) {
    return provider(way).requests().stream().map(ReceivedRequest::key).toList();
  }

  private void refuse(Way way, int status, int times) {
    for (int i = 0; i < times; i++) {
      provider(way).next(status, Map.of(), "{}");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void threeRequestsOfOneMethodTakeAKeyEach(Way way) {
    provider(way).next(429, Map.of("retry-after-ms", "1"), "{}");
    Seen seen = run(way, "three", new Words());
    assertThat(seen.text()).as("%s", seen).isEqualTo("[200, 200, 200]");
    assertThat(keys(way)).as("rests are too short to tell by which").hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void onlyTheOutermostSiteRetries(Way way) {
    refuse(way, 503, 9);
    Seen seen = run(way, "one", new Words());
    assertThat(seen.failure()).as("%s", seen).isEqualTo("com.example.it.ProviderException");
    assertThat(keys(way)).as("once, and retry.max").hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void alsoOverTwoMethods(Way way) {
    refuse(way, 503, 9);
    assertThat(run(way, "outer", new Words()).failure()).isNotNull();
    assertThat(keys(way)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aRetryThatSucceedsIsAllTheCallerSees(Way way) {
    refuse(way, 503, 1);
    Seen seen = run(way, "outer", new Words());
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(keys(way)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aPostInABoundMethodIsNotSentAgain(Way way) {
    refuse(way, 503, 1);
    Seen seen = run(way, "one", new Words().with("method", "POST").with("text", "hello"));
    assertThat(seen.failure()).isEqualTo("com.example.it.ProviderException");
    assertThat(keys(way)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aRequestRotatesBelowItsMethod(Way way) {
    provider(way).next(429, Map.of("retry-after-ms", "1"), "{}");
    Seen seen = run(way, "one", new Words().with("method", "POST").with("text", "hello"));
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(keys(way)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theRequestTakesOverTheKeyOfTheArgument(Way way) {
    Seen seen = run(way, "keyed", new Words());
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(keys(way)).as("whose only place is the method's").containsExactly("alpha");
    assertThat(provider(way).requests().get(0).headers().get("authorization"))
        .containsExactly("Bearer " + Keys.ALPHA.secret());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void andRotatesFromThere(Way way) {
    provider(way).next(429, Map.of("retry-after-ms", "1"), "{}");
    Seen seen = run(way, "keyed", new Words());
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(keys(way)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aMethodBesideThemIsNoPartOfIt(Way way) {
    refuse(way, 503, 9);
    Seen seen = run(way, "unbound", new Words());
    assertThat(seen.status()).as("the request's own retries").isEqualTo(503);
    assertThat(keys(way)).hasSize(2);
  }
}
