package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Where a key stands in what the provider receives, and that the application never sees it. */
class KeyPlacementIT {

  private static final String OWN_KEY = "own-key-of-the-application";
  private static final String ANTHROPIC =
      """
      profile: anthropic
      base-url: <url>
      keys: ["${KEY_ALPHA}"]
      """;
  private static final String QUERY =
      """
      profile: {extends: generic-query, key: {query: key}}
      base-url: <url>
      keys: ["${KEY_ALPHA}", "${KEY_BETA}"]
      """;
  private static final String HEADERS =
      """
      headers: {X-Api-Version: "7", X-Both: api}
      keys: [{name: alpha, secret: "${KEY_ALPHA}", headers: {OpenAI-Organization: org-1, X-Both: key}}]
      """;
  private static final String ELSEWHERE =
      """
      keys:
        - {name: alpha, secret: "${KEY_ALPHA}", priority: 3}
        - {name: beta, secret: "${KEY_BETA}", priority: 2, base-url: <second>/eu/v2}
      """;

  @TestFactory
  Stream<DynamicNode> keysArePlaced() {
    return new Table()
        .row("a request without a credential gets a key", Apis.ONE_KEY, it -> sends(it, null))
        .row(
            "a placeholder is replaced, in any letter case",
            Apis.ONE_KEY,
            it -> sends(it, "Bearer rotor"))
        .row(
            "the application's own key is replaced",
            Apis.ONE_KEY + "application-keys: [" + OWN_KEY + "]\n",
            it -> sends(it, "bearer " + OWN_KEY))
        .row("in a header of its own, alone", ANTHROPIC, KeyPlacementIT::alternatives)
        .row("in the query", QUERY, KeyPlacementIT::query)
        .row("headers of API and key come along", bearer(HEADERS), KeyPlacementIT::headers)
        .row("a key with a base URL is used there", bearer(ELSEWHERE), KeyPlacementIT::elsewhere)
        .run();
  }

  private static String bearer(String rest) {
    return "profile: generic-bearer\nbase-url: <url>/v1\n" + rest;
  }

  private static void sends(Case it, String credential) {
    Sending sending = it.get("/echo");
    if (credential != null) {
      sending.header("authorIZATION", credential);
    }
    Seen seen = sending.send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    ReceivedRequest received = only(it.provider());
    assertThat(received.headers().get("authorization"))
        .as("%s", Keys.masked(received.headers()))
        .containsExactly("Bearer " + Keys.ALPHA.secret());
    if (credential != null && !it.way().client().equals("url")) {
      assertThat(seen.shown()).as("the application's own request").contains(credential);
    }
  }

  private static ReceivedRequest only(StubProvider provider) {
    List<ReceivedRequest> received = provider.requests();
    assertThat(received).hasSize(1);
    return received.get(0);
  }

  private static void alternatives(Case it) {
    Seen seen =
        it.get("/echo")
            .header("X-Api-Key", "rotor")
            .header("Authorization", "Bearer rotor")
            .header("anthropic-version", "2023-06-01")
            .send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    ReceivedRequest received = only(it.provider());
    assertThat(received.headers().get("x-api-key")).containsExactly(Keys.ALPHA.secret());
    assertThat(received.header("authorization")).isNull();
    assertThat(received.header("anthropic-version")).isEqualTo("2023-06-01");
  }

  private static void query(Case it) {
    it.provider().next(429, Map.of("retry-after", "9"), Apis.LIMITED);
    Seen seen = it.get("/echo/a%20b?q=x%2Fy&key=rotor&n=1").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    List<ReceivedRequest> received = it.provider().requests();
    assertThat(received).hasSize(2);
    assertThat(it.keys()).containsExactlyInAnyOrder("alpha", "beta");
    assertThat(received.get(1).query()).matches("q=x%2Fy&key=sk-it-[a-z0-9-]+&n=1");
    assertThat(received.get(1).path()).isEqualTo("/echo/a%20b");
    assertThat(received.get(1).header("authorization")).isNull();
    assertThat(seen.shown()).contains("key=rotor");
  }

  private static void headers(Case it) {
    assertThat(it.get("/echo").header("x-api-version", "1").send().status()).isEqualTo(200);
    ReceivedRequest received = only(it.provider());
    assertThat(received.headers().get("x-api-version")).containsExactly("7");
    assertThat(received.headers().get("x-both")).containsExactly("key");
    assertThat(received.header("openai-organization")).isEqualTo("org-1");
  }

  private static void elsewhere(Case it) {
    it.provider().next(429, Map.of("retry-after", "9"), Apis.LIMITED);
    it.second().next(200, Map.of("x-answer", "second"), "{}");
    Seen seen = it.post("/v1/chat/completions?a=b", "{\"model\": \"m\"}").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.header("x-answer")).isEqualTo("second");
    ReceivedRequest received = only(it.second());
    assertThat(received.path()).isEqualTo("/eu/v2/chat/completions");
    assertThat(received.query()).isEqualTo("a=b");
    assertThat(received.key()).isEqualTo("beta");
    assertThat(received.header("host")).isEqualTo("127.0.0.1:" + it.second().port());
    assertThat(received.text()).isEqualTo("{\"model\": \"m\"}");
    assertThat(it.keys()).containsExactly("alpha");
  }
}
