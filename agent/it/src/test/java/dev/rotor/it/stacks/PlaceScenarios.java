package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Keys;
import dev.rotor.it.http.Seen;
import dev.rotor.samples.stub.ReceivedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a key goes, and where it must not. */
final class PlaceScenarios {

  private static final String ELSEWHERE =
      """
      profile: generic-bearer
      base-url: <url>/v1
      keys:
        - {name: alpha, secret: "${KEY_ALPHA}", priority: 3}
        - {name: beta, secret: "${KEY_BETA}", priority: 2, base-url: <second>/eu/v2}
      """;
  private static final String IN_QUERY =
      """
      profile: {extends: generic-query, key: {query: key}}
      base-url: <url>
      keys: [{name: alpha, secret: "${KEY_ALPHA}", priority: 3}, {name: beta, secret: "${KEY_BETA}", priority: 2}]
      """;
  private static final String IN_HEADER =
      """
      profile: {extends: generic-header, key: {header: X-Api-Key}}
      base-url: <url>
      keys: ["${KEY_ALPHA}"]
      """;
  private static final String SOMEBODY = "Bearer sk-of-somebody-else-1234567890";
  private static final Set<Column> WITHOUT_CHAIN = Column.on("Jdk", "Url");
  private static final String NO_CHAIN = "the client has no chain in which a header could be set";

  private PlaceScenarios() {}

  static List<Row> rows() {
    return List.of(
        Row.of("a placeholder is replaced", Apis.ONE_KEY, PlaceScenarios::placeholder),
        Row.of("a key with a base URL on another host", ELSEWHERE, PlaceScenarios::elsewhere),
        Row.of("a key in the query", IN_QUERY, PlaceScenarios::query),
        Row.of(
            "the path's version is rewritten",
            Apis.TWO_KEYS + "version: v2\n",
            PlaceScenarios::version),
        Row.of(
                "a placeholder that the client's chain sets late is replaced",
                Apis.TWO_KEYS,
                PlaceScenarios::late)
            .except(WITHOUT_CHAIN, NO_CHAIN),
        Row.of(
                "somebody else's credential, set late, passes untouched",
                Apis.ONE_KEY,
                PlaceScenarios::lateForeign)
            .except(WITHOUT_CHAIN, NO_CHAIN),
        Row.of(
            "somebody else's credential passes untouched", Apis.ONE_KEY, PlaceScenarios::foreign),
        Row.of(
            "a request to an unbound host passes untouched", Apis.ONE_KEY, PlaceScenarios::unbound),
        Row.of("a redirect to a foreign host carries no key", IN_HEADER, PlaceScenarios::redirect));
  }

  private static ReceivedRequest only(List<ReceivedRequest> received) {
    assertThat(received).hasSize(1);
    return received.get(0);
  }

  private static void placeholder(Trial it) {
    Seen seen = it.get("/echo").header("authorIZATION", "Bearer rotor").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(only(it.provider().requests()).headers().get("authorization"))
        .containsExactly("Bearer " + Keys.ALPHA.secret());
  }

  private static void elsewhere(Trial it) {
    it.provider().next(429, Map.of("retry-after", "9"), Apis.LIMITED);
    it.second().next(200, Map.of("x-answer", "second"), "{}");
    Seen seen = it.post("/v1/chat/completions?a=b", "{\"model\": \"m\"}").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.header("x-answer")).isEqualTo("second");
    ReceivedRequest received = only(it.second().requests());
    assertThat(received.path()).isEqualTo("/eu/v2/chat/completions");
    assertThat(received.query()).isEqualTo("a=b");
    assertThat(received.key()).isEqualTo("beta");
    assertThat(received.header("host")).isEqualTo("127.0.0.1:" + it.second().port());
    assertThat(received.text()).isEqualTo("{\"model\": \"m\"}");
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void query(Trial it) {
    it.provider().next(429, Map.of("retry-after", "9"), Apis.LIMITED);
    Seen seen = it.get("/echo/a%20b?q=x%2Fy&key=rotor&n=1").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
    ReceivedRequest received = it.provider().requests().get(1);
    assertThat(Keys.masked(received.query())).isEqualTo("q=x%2Fy&key=(beta)&n=1");
    assertThat(received.path()).isEqualTo("/echo/a%20b");
    assertThat(received.header("authorization")).isNull();
  }

  private static void version(Trial it) {
    it.provider().next(429, Map.of("retry-after", "9"), Apis.LIMITED);
    it.provider().next(200, Map.of(), "{}");
    Seen seen = it.get("/v1/a%20b/v1?n=v1").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
    for (ReceivedRequest received : it.provider().requests()) {
      assertThat(received.path()).isEqualTo("/v2/a%20b/v1");
      assertThat(received.query()).isEqualTo("n=v1");
    }
  }

  private static void late(Trial it) {
    it.provider().next(429, Map.of("retry-after", "9"), Apis.LIMITED);
    Seen seen = it.get("/echo").with("late", "Authorization: Bearer rotor").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
    assertThat(it.provider().requests())
        .allSatisfy(one -> assertThat(one.headers().get("authorization")).hasSize(1));
  }

  private static void lateForeign(Trial it) {
    it.get("/echo/theirs").with("late", "Authorization: " + SOMEBODY).send();
    ReceivedRequest theirs = only(it.provider().requests());
    assertThat(theirs.headers().get("authorization").equals(List.of(SOMEBODY)))
        .as(Keys.masked(theirs.headers()))
        .isTrue();
    assertThat(it.get("/echo/ours").send().status()).as("no key is blamed").isEqualTo(200);
    assertThat(it.keys()).hasSize(2).endsWith("alpha");
  }

  private static void foreign(Trial it) {
    it.get("/echo/theirs").header("Authorization", SOMEBODY).send();
    ReceivedRequest theirs = only(it.provider().requests());
    assertThat(theirs.headers().get("authorization").equals(List.of(SOMEBODY)))
        .as(Keys.masked(theirs.headers()))
        .isTrue();
    assertThat(it.get("/echo/ours").send().status()).as("no key is blamed").isEqualTo(200);
    assertThat(it.keys()).hasSize(2).endsWith("alpha");
  }

  private static void unbound(Trial it) {
    Seen seen =
        it.sending("POST", it.foreignUrl() + "/echo?key=rotor")
            .header("Authorization", "Bearer rotor")
            .text("hello")
            .send();
    assertThat(seen.status()).as("from the foreign host: %s", seen).isEqualTo(401);
    ReceivedRequest received = only(it.foreign().requests());
    assertThat(received.headers().get("authorization").equals(List.of("Bearer rotor"))).isTrue();
    assertThat(received.query().equals("key=rotor")).isTrue();
    assertThat(received.text()).isEqualTo("hello");
    assertThat(it.provider().requests()).isEmpty();
  }

  private static void redirect(Trial it) {
    String away =
        "/redirect?status=307&to="
            + URLEncoder.encode(it.foreignUrl() + "/echo/away", StandardCharsets.UTF_8);
    Seen seen = it.get(away).header("X-Harmless", "yes").send();
    assertThat(Keys.areIn(it.provider().requests().get(0))).as("at home").isTrue();
    assertThat(it.foreign().requests()).as("%s", seen).hasSize(1);
    ReceivedRequest received = it.foreign().requests().get(0);
    assertThat(received.path()).isEqualTo("/echo/away");
    assertThat(received.header("x-harmless")).as("the client takes headers along").isEqualTo("yes");
    assertThat(Keys.areIn(received)).as(Keys.masked(received.headers())).isFalse();
    assertThat(it.get("/echo").send().status()).as("no key is blamed").isEqualTo(200);
    assertThat(Keys.areIn(it.provider().requests().get(1))).as("nor lost").isTrue();
  }
}
