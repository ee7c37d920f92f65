package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.testing.RecordedLog;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeprecationsTest {

  private static final URI HOME = URI.create("https://api.example.com/v1/things?key=hidden");
  private static final List<Secret> SECRETS = List.of(Secret.of("letters"));

  private static List<String> told(String api) {
    return RecordedLog.warnings().stream()
        .filter(it -> it.startsWith("apis." + api + ":"))
        .toList();
  }

  private static void send(TestEngine engine, String url, Headers answer) {
    HttpCall call = Objects.requireNonNull(engine.rotor().exchanges().begin(FakeRequest.get(url)));
    assertThat(call.proceed()).isTrue();
    assertThat(call.edit().set()).isNotEmpty();
    if (call.holds(200)) {
      var unused = call.answered(200, answer, new byte[0]);
    } else {
      call.passed(200, answer);
    }
  }

  private static String api(String name, String... more) {
    return Yaml.api(1, more).replace("  a:", "  " + name + ":");
  }

  private static final String LISTED =
      "deprecated: [{path: /v1/old, sunset: 2027-01-01, guide: 'https://example.com/new'}, {path: '/v1/older/**'}]";

  @Test
  void aListedPathIsToldOnceAndAcrossReloads() {
    TestEngine engine = new TestEngine(api("dep-listed", LISTED));
    for (String path :
        List.of("/v1/old?q=1", "/v1/old", "/v1/other", "/v1/older/1", "/v1/older/2")) {
      send(engine, "https://api.example.com" + path, Headers.NONE);
    }
    engine.rotor().apply(Yaml.settings(api("dep-listed", LISTED)));
    send(engine, "https://api.example.com/v1/old", Headers.NONE);

    assertThat(told("dep-listed"))
        .containsExactly(
            "apis.dep-listed: requests go to /v1/old, which the configuration lists as deprecated;"
                + " it may be gone from 2027-01-01; see https://example.com/new",
            "apis.dep-listed: requests go to /v1/older/**, which the configuration lists as deprecated");
  }

  @Test
  void aListedPathWhoseVersionIsReplacedIsNotGoneTo() {
    TestEngine engine = new TestEngine(api("dep-replaced", "version: v2", LISTED));
    send(engine, "https://api.example.com/v1/old", Headers.NONE);
    assertThat(told("dep-replaced")).isEmpty();
  }

  @Test
  void whatTheProviderSaysIsToldOnceForEachPath() {
    TestEngine engine = new TestEngine(api("dep-answer"));
    Headers answer =
        Providers.headers(
            "deprecation",
            "@1688169599",
            "sunset",
            "Sun, 11 Nov 2029 23:59:59 GMT",
            "link",
            "<https://x.example/a>; rel=\"next\", </docs/end?token=t#x>; rel=\"deprecation\"; type=\"text/html\"");
    for (String path :
        List.of("/v1/things?a=secret", "/v1/things", "/v1/threads/a1", "/v1/threads/b2")) {
      send(engine, "https://api.example.com" + path, answer);
    }
    String said =
        " that it is deprecated as of 2023-06-30 and may be gone from 2029-11-11;"
            + " see https://api.example.com/docs/end";
    assertThat(told("dep-answer"))
        .containsExactly(
            "apis.dep-answer: the provider says of /v1/things" + said,
            "apis.dep-answer: the provider says of /v1/threads/*" + said);
  }

  @Test
  void anAnswerFromElsewhereSaysNothing() {
    TestEngine engine = new TestEngine(api("dep-elsewhere"));
    HttpCall call =
        Objects.requireNonNull(
            engine.rotor().exchanges().begin(FakeRequest.get("https://api.example.com/v1/things")));
    assertThat(call.proceed()).isTrue();
    call.from(URI.create("https://other.example.org/"));
    call.passed(200, Providers.headers("deprecation", "true"));
    assertThat(told("dep-elsewhere")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true                          |                               | is deprecated
          @1688169599                   |                               | is deprecated as of 2023-06-30
          Fri, 30 Jun 2023 23:59:59 GMT |                               | is deprecated as of 2023-06-30
          nonsense                      |                               | is deprecated
          @99999999999999999999         |                               | is deprecated
          @9223372036854775             |                               | is deprecated as of +292278994-08-17
                                        | Sun, 11 Nov 2029 23:59:59 GMT | may be gone from 2029-11-11
          ?0                            | Sun, 11 Nov 2029 23:59:59 GMT | may be gone from 2029-11-11
          true                          | soon                          | is deprecated
          """)
  void formsOfTheHeaders(String deprecation, String sunset, String notice) {
    Headers headers =
        name -> name.equals("Deprecation") ? deprecation : name.equals("Sunset") ? sunset : null;
    assertThat(DeprecationHeaders.read(headers, HOME)).isEqualTo(notice);
  }

  @ParameterizedTest
  @CsvSource({"false,", "?0,", ",soon"})
  void whatSaysNothingIsNotTold(String deprecation, String sunset) {
    Headers headers =
        name -> name.equals("Deprecation") ? deprecation : name.equals("Sunset") ? sunset : null;
    assertThat(DeprecationHeaders.read(headers, HOME)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <https://x.example/a>; rel=sunset                  | ; see https://x.example/a
          <https://u:p@x.example:8443/a?b=c>; rel="sunset"   | ; see https://x.example:8443/a
          <guide>;rel="help deprecation"                     | ; see https://api.example.com/v1/guide
          <https://x.example/a>; rel="next"                  | ''
          <javascript:alert(1)>; rel="deprecation"           | ''
          <not an address>; rel="deprecation"                | ''
          https://x.example/a                                | ''
          """)
  void aLinkToAGuideIsShownWithoutItsQuery(String link, String shown) {
    Headers headers = Providers.headers("deprecation", "true", "link", link);
    assertThat(DeprecationHeaders.read(headers, HOME)).isEqualTo("is deprecated" + shown);
  }

  @Test
  void aFloodOfPathsIsBounded() {
    Deprecations deprecations = new Deprecations("dep-flood");
    String letters = "abcdefghijklmnopqrst";
    for (int i = 0; i < 400; i++) {
      String name = "" + letters.charAt(i / 20) + letters.charAt(i % 20);
      deprecations.answered(
          () -> HOME.resolve("/" + name), Providers.headers("deprecation", "true"), SECRETS);
    }
    assertThat(told("dep-flood")).hasSize(Deprecations.MOST_PATHS);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, /v1/chat/completions",
    "/v1beta/models/gemini-1.5:generate, /v1beta/models/*",
    "/v1/fine_tuning/jobs/ftjob-abc123/events, /v1/fine_tuning/jobs/*/events",
    "/bot123456:ABC-DEF/getMe, /*/getMe",
    "/x/letters/y, /x/*/y",
    "/x/my-letters, /x/*",
    "/a%20b, /*",
    "/abcdefghijklmnopqrstuvwxyzabcdefg, /*",
    "/, /",
    "'', /",
    "/a/a/a/a/a/a/a/a/a/a/a/a/a/a, /a/a/a/a/a/a/a/a/a/a/a/a/**"
  })
  void onlyNamesOfAPathAreShown(String path, String shape) {
    assertThat(PathShape.of(path, SECRETS)).isEqualTo(shape);
  }
}
