package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

  private static final String HOST = "https://api.example.com";

  private static RequestEdit edit(TestEngine engine, FakeRequest request) {
    HttpCall call = Objects.requireNonNull(engine.rotor().exchanges().begin(request));
    assertThat(call.proceed()).isTrue();
    RequestEdit edit = call.edit();
    call.passed(200, Headers.NONE);
    return edit;
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/things, /v2/things",
    "/v1beta/a%2Fb/%C3%BC?q=x%2Fy&v=v1&empty=#/v1/x, /v2/a%2Fb/%C3%BC?q=x%2Fy&v=v1&empty=#/v1/x",
    "/v1?, /v2?",
    "/things?v=/v1/, /things?v=/v1/",
    "/v2/things, /v2/things",
    "'', ''",
    "/v1/old/1, /v1/old/1",
    "/v3/old/1, /v1/old/1",
    "/v1/new/1, /v3beta/new/1"
  })
  void theVersionOfThePathIsReplacedAndAllElseStays(String asked, String sent) {
    TestEngine engine =
        new TestEngine(
            Yaml.api(
                1,
                "version: v2",
                "versions: {'/*/old/**': v1, '/v1/new/*': v3beta, '/v1/new/**': v9}"));
    assertThat(edit(engine, FakeRequest.get(HOST + asked)).uri())
        .isEqualTo(URI.create(HOST + sent));
  }

  @Test
  void aRequestThatIsLeftAloneKeepsItsAddress() {
    TestEngine engine = new TestEngine(Yaml.api(1, "version: v2"));
    for (String path : new String[] {"/things", "/v2/things"}) {
      FakeRequest request = FakeRequest.get(HOST + path);
      assertThat(edit(engine, request).uri()).isSameAs(request.uri());
    }
  }

  @Test
  void pathsWithoutAVersionOfTheirOwnKeepTheApplications() {
    TestEngine engine = new TestEngine(Yaml.api(1, "versions: {/v1/new: v3}"));
    assertThat(edit(engine, FakeRequest.get(HOST + "/v1/new")).uri())
        .isEqualTo(URI.create(HOST + "/v3/new"));
    assertThat(edit(engine, FakeRequest.get(HOST + "/v1/other")).uri())
        .isEqualTo(URI.create(HOST + "/v1/other"));
  }

  @Test
  void theBaseUrlOfAKeyIsAppliedFirst() {
    TestEngine engine =
        new TestEngine(
            """
            apis:
              a:
                profile: generic-bearer
                base-url: https://api.example.com/v1
                version: v3
                versions: {/v1/old: v1}
                keys:
                  - {secret: one, base-url: "https://eu.example.com/proxy/v2"}
            """);
    FakeRequest request = FakeRequest.get(HOST + "/v1/things?a=b").with("Host", "api.example.com");
    RequestEdit edit = edit(engine, request);
    assertThat(edit.uri()).isEqualTo(URI.create("https://eu.example.com/proxy/v3/things?a=b"));
    assertThat(edit.remove()).contains("Host");
    assertThat(edit(engine, FakeRequest.get(HOST + "/v1/old")).uri())
        .isEqualTo(URI.create("https://eu.example.com/proxy/v1/old"));
  }

  @Test
  void aHostHeaderStaysWhereOnlyTheVersionChanges() {
    TestEngine engine = new TestEngine(Yaml.api(1, "version: v2"));
    RequestEdit edit =
        edit(engine, FakeRequest.get(HOST + "/v1/things").with("Host", "api.example.com"));
    assertThat(edit.uri()).isEqualTo(URI.create(HOST + "/v2/things"));
    assertThat(edit.remove()).doesNotContain("Host");
  }

  @Test
  void aKeyInTheQueryGoesAlong() {
    TestEngine engine =
        new TestEngine(
            """
            apis:
              a:
                profile: generic-query
                hosts: [api.example.com]
                version: v2
                keys: [secret-of-k1]
            """);
    assertThat(edit(engine, FakeRequest.get(HOST + "/v1/x?key=rotor&n=1")).uri())
        .isEqualTo(URI.create(HOST + "/v2/x?key=secret-of-k1&n=1"));
  }
}
