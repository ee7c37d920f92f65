package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.ReceivedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** A key goes only to its API's hosts, wherever a redirect leads. */
class RedirectIT {

  private static final String IN_HEADER =
      """
      profile: {extends: generic-header, key: {header: X-Api-Key}}
      base-url: <url>
      keys: ["${KEY_ALPHA}"]
      """;
  private static final String IN_QUERY =
      """
      profile: {extends: generic-query, key: {query: key}}
      base-url: <url>
      keys: ["${KEY_ALPHA}"]
      """;
  private static final String WITH_HEADERS =
      """
      profile: {extends: generic-header, key: {header: X-Api-Key}}
      base-url: <url>
      headers: {X-App: "${KEY_BETA}"}
      keys: [{name: alpha, secret: "${KEY_ALPHA}", headers: {X-Org: of-alpha}}]
      """;
  private static final String WITH_SECOND_HOST =
      """
      profile: {extends: generic-header, key: {header: X-Api-Key}}
      base-url: <url>
      keys: [{name: alpha, secret: "${KEY_ALPHA}", base-url: <url>}, {name: off, secret: x, enabled: false, base-url: <second>}]
      """;

  @TestFactory
  Stream<DynamicNode> keysStayAtHome() {
    Table table = new Table();
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      table
          .row(
              "a %d leads a GET away without its bearer key".formatted(status),
              Apis.ONE_KEY,
              it -> leadsAway(it, it.get(away(it, status)), status))
          .row(
              "a %d leads a GET away without its key in a header".formatted(status),
              IN_HEADER,
              it -> leadsAway(it, it.get(away(it, status)), status))
          .row(
              "a %d leads a POST away without its key".formatted(status),
              IN_HEADER,
              it -> leadsAway(it, it.post(away(it, status), "hello"), status));
    }
    return table
        .row("a 307 leads away without the key in the query", IN_QUERY, RedirectIT::queryLeadsAway)
        .row(
            "a 307 leads away without what the file adds", WITH_HEADERS, RedirectIT::addedLeadsAway)
        .row("within a host, the key goes along", IN_HEADER, RedirectIT::sameHost)
        .row("within the API's hosts, the key goes along", WITH_SECOND_HOST, RedirectIT::otherHost)
        .row("the way there and back", IN_HEADER, RedirectIT::thereAndBack)
        .run();
  }

  private static String away(Case it, int status) {
    return redirect(it.foreignUrl() + "/echo/away", status);
  }

  private static String redirect(String to, int status) {
    return "/redirect?status=" + status + "&to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
  }

  private static void leadsAway(Case it, Sending sending, int status) {
    Seen seen = sending.header("X-Harmless", "yes").send();
    assertThat(Keys.areIn(it.provider().requests().get(0))).as("at home").isTrue();
    assertThat(it.get("/echo").send().status())
        .as("the key is not blamed for what somebody else answered")
        .isEqualTo(200);
    List<ReceivedRequest> away = it.foreign().requests();
    if (status == 308 && it.way().client().equals("url")) {
      assertThat(seen.status()).as("the JDK's does not follow it").isEqualTo(308);
      assertThat(away).isEmpty();
      return;
    }
    assertThat(away).as("%s", seen).hasSize(1);
    assertThat(seen.status()).as("from the foreign host").isEqualTo(401);
    assertThat(away.get(0).path()).isEqualTo("/echo/away");
    assertThat(away.get(0).key()).isEqualTo("none");
    assertThat(Keys.areIn(away.get(0))).as(Keys.masked(away.get(0).headers())).isFalse();
  }

  private static void queryLeadsAway(Case it) {
    it.get(away(it, 307)).send();
    assertThat(it.keys()).containsExactly("alpha");
    assertThat(it.foreign().requests()).hasSize(1);
    assertThat(Keys.areIn(it.foreign().requests().get(0))).isFalse();
  }

  private static void addedLeadsAway(Case it) {
    it.get(away(it, 307)).header("X-Harmless", "yes").send();
    assertThat(it.provider().requests().get(0).headers()).containsKeys("x-app", "x-org");
    assertThat(it.foreign().requests()).hasSize(1);
    assertThat(it.foreign().requests().get(0).headers())
        .containsKey("x-harmless")
        .doesNotContainKeys("x-app", "x-org");
  }

  private static void sameHost(Case it) {
    Seen seen = it.post(redirect("/echo/near", 307), "hello").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
    assertThat(it.provider().requests().get(1).text()).isEqualTo("hello");
    assertThat(it.provider().requests().get(1).headers().get("x-api-key")).hasSize(1);
  }

  private static void otherHost(Case it) {
    Seen seen = it.get(redirect(it.second().url() + "/echo/far", 302)).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.second().requests()).singleElement().extracting("key").isEqualTo("alpha");
  }

  /** What a foreign host sends back has no key of ours to bring. */
  private static void thereAndBack(Case it) {
    String back = redirect(it.provider().url() + "/echo/back", 307);
    Seen seen = it.get(redirect(it.foreignUrl() + back, 307)).send();
    assertThat(it.foreign().requests()).hasSize(1);
    assertThat(Keys.areIn(it.foreign().requests().get(0))).isFalse();
    assertThat(it.provider().requests()).hasSize(2);
    assertThat(it.provider().requests().get(1).path()).isEqualTo("/echo/back");
    assertThat(seen.status()).isIn(200, 401);
  }
}
