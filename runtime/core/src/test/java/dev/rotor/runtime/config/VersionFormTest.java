package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionFormTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1",
        "V2",
        "v10",
        "v1.1",
        "v1.2.3",
        "v1beta",
        "v1beta1",
        "v1p1beta1",
        "v2-preview",
        "v3.0-rc.1"
      })
  void theseAreVersions(String segment) {
    assertThat(VersionForm.isVersion(segment)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v", "1", "v1x", "v8engine", "version", "v1/", "v1%", "v1 ", "v1.", "x1"})
  void theseAreNot(String segment) {
    assertThat(VersionForm.isVersion(segment)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat, /v9/chat",
    "/v1, /v9",
    "/v1/, /v9/",
    "/proxy/v1beta/v1/models, /proxy/v9/v1/models",
    "/v8engine/v1.1/x, /v8engine/v9/x",
    "/chat/v1:run, /chat/v1:run",
    "/chat, /chat",
    "/, /",
    "'', ''",
    "/a%2Fv1/v2/%20//x, /a%2Fv1/v9/%20//x"
  })
  void theFirstVersionOfAPathIsReplaced(String path, String replaced) {
    assertThat(VersionForm.replaced(path, "v9")).isEqualTo(replaced);
  }
}
