package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

  private static final URI HOME = URI.create("https://api.example.com/v1");
  private static final URI EVIL = URI.create("https://evil.org/v1");

  private static Routes routes(String yaml) {
    return new TestEngine(yaml).rotor().exchanges().routes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer secret-of-k1",
        "bearer secret-of-k1",
        "BEARER  secret-of-k2",
        "secret-of-k1",
        " secret-of-k1 ",
        "token secret-of-k1",
        "Api Key secret-of-k1"
      })
  void aKeyNeverFollowsARedirectToAnotherHost(String value) {
    Routes routes = routes(Yaml.api(2));
    assertThat(routes.mayCarry(HOME, EVIL, value)).isFalse();
    assertThat(routes.mayCarry(HOME, URI.create("https://evil.org:443/"), value)).isFalse();
    assertThat(routes.mayCarry(HOME, URI.create("https://api.example.com/v2"), value)).isTrue();
    assertThat(routes.mayCarry(HOME, URI.create("http://api.example.com/v2"), value)).isFalse();
  }

  @Test
  void whatIsNoKeyMayGoAnywhere() {
    Routes routes = routes(Yaml.api(2));
    for (String value : new String[] {"Bearer of-a-user", "", " ", "application/json"}) {
      assertThat(routes.mayCarry(HOME, EVIL, value)).isTrue();
    }
  }

  @Test
  void whatTheFileAddsToAnApisRequestsStaysWithItsHosts() {
    Routes routes =
        routes(
            """
            apis:
              a:
                profile: generic-bearer
                hosts: [api.example.com]
                headers: {X-App: of-the-api}
                keys: [{name: k1, secret: secret-of-k1, headers: {X-Org: of-the-key}}]
            """);
    URI own = URI.create("https://api.example.com/v2");
    URI plain = URI.create("http://api.example.com/v2");
    for (String[] header : new String[][] {{"x-app", "of-the-api"}, {"X-Org", "of-the-key"}}) {
      assertThat(routes.mayCarry(HOME, EVIL, header[0], header[1])).isFalse();
      assertThat(routes.mayCarry(HOME, plain, header[0], header[1])).isFalse();
      assertThat(routes.mayCarry(HOME, own, header[0], header[1])).isTrue();
      assertThat(routes.mayCarry(EVIL, EVIL, header[0], header[1])).isTrue();
      assertThat(routes.mayCarry(HOME, EVIL, header[0], "of-the-application")).isTrue();
    }
    assertThat(routes.mayCarry(HOME, EVIL, "X-Other", "secret-of-k1")).isFalse();
  }

  @Test
  void aPrefixWithoutASpaceIsRecognised() {
    Routes routes =
        routes(
            """
            apis:
              a:
                profile: {extends: generic-header, key: {header: X-Auth, prefix: "apikey="}}
                hosts: [api.example.com]
                keys: [secret-of-k1]
            """);
    assertThat(routes.mayCarry(HOME, EVIL, "apikey=secret-of-k1")).isFalse();
    assertThat(routes.mayCarry(HOME, EVIL, "secret-of-k1")).isFalse();
  }

  @Test
  void aKeyThatIsPlacedInTheQueryIsRecognisedInAHeaderToo() {
    Routes routes =
        routes(
            """
            apis:
              a:
                profile: generic-query
                hosts: [api.example.com]
                keys: [secret-of-k1]
            """);
    assertThat(routes.mayCarry(HOME, EVIL, "secret-of-k1")).isFalse();
    assertThat(routes.mayCarry(HOME, EVIL, "Bearer secret-of-k1")).isFalse();
  }

  @Test
  void aFormerKeyIsStillAKey() {
    TestEngine engine = new TestEngine(Yaml.api(1));
    engine.rotor().apply(Yaml.settings(Yaml.api(1).replace("secret-of", "another-of")));
    Routes routes = engine.rotor().exchanges().routes();
    assertThat(routes.mayCarry(HOME, EVIL, "Bearer secret-of-k1")).isFalse();
    assertThat(routes.mayCarry(HOME, EVIL, "Bearer another-of-k1")).isFalse();
  }

  @Test
  void aKeyOfTwoApisMayGoToTheHostsOfEither() {
    Routes routes =
        routes(
            Yaml.api(1)
                + """
                  b:
                    profile: generic-bearer
                    hosts: [b.example.com]
                    keys: [secret-of-k1]
                """);
    String value = "Bearer secret-of-k1";
    assertThat(routes.mayCarry(HOME, URI.create("https://b.example.com/"), value)).isTrue();
    assertThat(routes.mayCarry(HOME, EVIL, value)).isFalse();
  }

  private static Plan plan(Routes routes, String method, String uri) {
    FakeRequest request = method.equals("GET") ? FakeRequest.get(uri) : FakeRequest.post(uri, "");
    return Objects.requireNonNull(Objects.requireNonNull(routes.find(request, null)).plan());
  }

  private static final String TWO_APIS =
      """
      apis:
        first:
          profile: generic-bearer
          hosts: [shared.example.com, api.example.com]
          keys: [one]
        second:
          profile: generic-bearer
          hosts: [shared.example.com, "*.example.com"]
          keys: [two]
      bind:
        - {host: "*.example.com", when: {method: POST, path: "/jobs/**"}, rotate: second}
      """;

  @Test
  void anExplicitBindingComesBeforeAnApisOwnHost() {
    Routes routes = routes(TWO_APIS);
    String jobs = "https://api.example.com/jobs/1";
    assertThat(plan(routes, "POST", jobs).api()).extracting("name").isEqualTo("second");
    assertThat(plan(routes, "GET", jobs).api()).extracting("name").isEqualTo("first");
    assertThat(plan(routes, "GET", "https://x.example.com/").api())
        .extracting("name")
        .isEqualTo("second");
  }

  @Test
  void theFirstApiOfTheFileOwnsAHostThatTwoList() {
    assertThat(plan(routes(TWO_APIS), "GET", "https://shared.example.com/").api())
        .extracting("name")
        .isEqualTo("first");
  }

  @Test
  void theApiOfTheMethodAroundComesFirstWhereItHasASite() {
    TestEngine engine = new TestEngine(TWO_APIS);
    FakeRequest request = FakeRequest.get("https://shared.example.com/");
    assertThat(apiOf(engine, "second", request)).isEqualTo("second");
    assertThat(apiOf(engine, "first", request)).isEqualTo("first");
    assertThat(apiOf(engine, "first", FakeRequest.get("https://x.example.com/")))
        .as("it has no site for that")
        .isEqualTo("second");
  }

  private static String apiOf(TestEngine engine, String around, FakeRequest request) {
    Call method = engine.begin(engine.site("method", Plan.rotating(engine.api(around), false)));
    assertThat(method.proceed()).isTrue();
    HttpCall call = Objects.requireNonNull(engine.rotor().exchanges().begin(request));
    assertThat(call.proceed()).isTrue();
    String secret = String.valueOf(call.edit().set().get("Authorization"));
    call.passed(200, Headers.NONE).end();
    method.returned("value");
    return secret.equals("Bearer one") ? "first" : "second";
  }

  @Test
  void hostsAreFoundInAnyCaseAndByTheirPort() {
    Routes routes =
        routes(Yaml.api(1).replace("[api.example.com]", "[\"api.example.com:8443\", \"*.x.org\"]"));
    assertThat(routes.find(FakeRequest.get("https://API.example.com:8443/"), null)).isNotNull();
    assertThat(routes.find(FakeRequest.get("https://api.example.com/"), null)).isNull();
    assertThat(routes.find(FakeRequest.get("https://a.b.X.org/"), null)).isNotNull();
    assertThat(routes.find(FakeRequest.get("https://x.org/"), null)).isNull();
    assertThat(routes.mayBind("API.EXAMPLE.COM")).isTrue();
    assertThat(routes.mayBind("a.x.org")).isTrue();
    assertThat(routes.mayBind("x.org")).isFalse();
    assertThat(routes.mayBind(null)).isFalse();
    assertThat(routes.isEmpty()).isFalse();
    assertThat(Routes.NONE.isEmpty()).isTrue();
  }

  @Test
  void anApiThatDoesNotInterceptStillOwnsItsKeys() {
    Routes routes = routes(Yaml.api(1, "intercept: false"));
    assertThat(routes.isEmpty()).isTrue();
    assertThat(routes.mayCarry(HOME, EVIL, "Bearer secret-of-k1")).isFalse();
  }
}
