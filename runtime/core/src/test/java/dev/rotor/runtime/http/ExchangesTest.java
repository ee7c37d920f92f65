package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.testing.RecordedLog;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangesTest {

  private static final String URL = "https://api.example.com/v1/things";

  private final TestEngine engine = new TestEngine(Yaml.api(2));
  private final Exchanges exchanges = engine.rotor().exchanges();

  @AfterEach
  void noThreadIsLeftInACall() {
    assertThat(engine.interception().current()).isNull();
  }

  private boolean isTouched(FakeRequest request) {
    HttpCall call = exchanges.begin(request);
    if (call != null) {
      call.cancel();
    }
    return call != null;
  }

  @Test
  void aBoundRequestGetsAKey() {
    HttpCall call = Objects.requireNonNull(exchanges.begin(FakeRequest.get(URL)));
    assertThat(call.proceed()).isTrue();

    RequestEdit edit = call.edit();

    assertThat(edit.set()).isEqualTo(Map.of("Authorization", "Bearer secret-of-k1"));
    assertThat(edit.uri()).isEqualTo(URI.create(URL));
    assertThat(edit).asString().doesNotContain("secret-of-k1");
    call.passed(200, Headers.NONE);
  }

  @Test
  void requestsToOtherHostsPassUntouched() {
    assertThat(isTouched(FakeRequest.get("https://api.example.org/v1"))).isFalse();
    assertThat(isTouched(FakeRequest.get("https://api.example.com.evil.org/v1"))).isFalse();
    assertThat(isTouched(FakeRequest.get("https://evil.org/?https://api.example.com/"))).isFalse();
    assertThat(isTouched(FakeRequest.get("https://api.example.com@evil.org/"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.org",
        "evil.org:443",
        "x@api.example.com",
        "api.example.com/.evil.org",
        "",
        " ",
        "\""
      })
  void aChangedHostHeaderPassesUntouched(String host) {
    assertThat(isTouched(FakeRequest.get(URL).with("Host", host))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.example.com", "API.example.com", "api.example.com:443"})
  void aHostHeaderThatNamesTheApiIsFine(String host) {
    assertThat(isTouched(FakeRequest.get(URL).with("Host", host))).isTrue();
  }

  @Test
  void aForeignCredentialPassesUntouchedIsCountedAndToldOnce() {
    TestEngine other = new TestEngine(Yaml.api(1).replace("api.example.com", "once.example.com"));
    FakeRequest foreign =
        FakeRequest.get("https://once.example.com/v1").with("authorization", "Bearer of-a-user");

    assertThat(other.rotor().exchanges().begin(foreign)).isNull();
    assertThat(other.rotor().exchanges().begin(foreign)).isNull();

    List<String> told =
        RecordedLog.warnings().stream().filter(it -> it.contains("once.example.com")).toList();
    assertThat(told)
        .singleElement()
        .asString()
        .contains("apis.a.replaces: any")
        .doesNotContain("of-a-user");
  }

  @Test
  void anOwnKeyThatTheApplicationSendsIsReplacedAndSoIsAFormerOne() {
    FakeRequest own = FakeRequest.get(URL).with("Authorization", "Bearer secret-of-k2");
    assertThat(isTouched(own)).isTrue();
    assertThat(isTouched(FakeRequest.get(URL).with("Authorization", "Bearer rotor"))).isTrue();

    engine.rotor().apply(Yaml.settings(Yaml.api(2).replace("secret-of", "another-of")));

    assertThat(isTouched(own)).isTrue();
  }

  @Test
  void aBindingWiderThanTheApiLeavesOtherHostsAlone() {
    TestEngine wide =
        new TestEngine(
            """
            apis:
              a:
                profile: generic-bearer
                hosts: [one.example.com]
                keys: [secret]
            bind:
              - {host: "*.example.com", rotate: a}
            """);
    HttpCall call = wide.rotor().exchanges().begin(FakeRequest.get("https://two.example.com/"));
    assertThat(call).isNull();
  }

  @Test
  void whatAClientSendsInsideAnExchangeIsNoExchangeOfItsOwn() {
    HttpCall call = Objects.requireNonNull(exchanges.begin(FakeRequest.get(URL)));
    assertThat(call.proceed()).isTrue();
    assertThat(exchanges.begin(FakeRequest.get(URL))).isNull();
    call.passed(200, Headers.NONE);
    Object after = call.within(() -> isTouched(FakeRequest.get(URL)));
    assertThat(after).as("a callback after its end").isEqualTo(true);
  }

  @Test
  void aRequestThatCannotBeReadLeavesNoCallBehind() {
    TestEngine lanes = new TestEngine("apis: {openai: {keys: [secret-of-k1]}}");
    Request broken =
        new Request() {
          @Override
          public String method() {
            return "POST";
          }

          @Override
          public URI uri() {
            return URI.create("https://api.openai.com/v1/chat/completions");
          }

          @Override
          public boolean isReplayable() {
            return true;
          }

          @Override
          public byte[] body(int limit) {
            throw new IllegalStateException("planted");
          }

          @Override
          public @Nullable String first(String name) {
            return null;
          }
        };

    assertThatThrownBy(() -> lanes.rotor().exchanges().begin(broken)).hasMessage("planted");
  }

  @Test
  void plainTextOffLoopbackIsWarnedAboutOnce() {
    TestEngine plain =
        new TestEngine(
            Yaml.api(1).replace("[api.example.com]", "[plain.example.com, \"127.0.0.1:8080\"]"));
    for (String url :
        List.of(
            "http://plain.example.com/", "http://plain.example.com/", "http://127.0.0.1:8080/")) {
      HttpCall call = Objects.requireNonNull(plain.rotor().exchanges().begin(FakeRequest.get(url)));
      assertThat(call.proceed()).isTrue();
      assertThat(call.edit().set()).isNotEmpty();
      call.passed(200, Headers.NONE);
    }
    assertThat(RecordedLog.warnings())
        .filteredOn(it -> it.contains("in plain text"))
        .singleElement()
        .asString()
        .contains("http://plain.example.com");
    assertThat(PlainText.isLoopback("localhost")).isTrue();
    assertThat(PlainText.isLoopback("[::1]")).isTrue();
    assertThat(PlainText.isLoopback("127.evil.org")).isFalse();
  }
}
