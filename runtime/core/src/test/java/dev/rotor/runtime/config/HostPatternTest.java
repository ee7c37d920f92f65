package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.openai.com",
        "*.openai.azure.com",
        "localhost",
        "127.0.0.1:8080",
        "[::1]",
        "[::1]:80",
        "my_service:1",
        "*.internal:65535"
      })
  void aHostShowsItselfAsItWasWritten(String text) {
    assertThat(HostPattern.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a.*",
        "*.",
        "*a.b",
        "a..b",
        ".a",
        "https://a",
        "a/b",
        "a b",
        "a:",
        "a:0",
        "a:65536",
        "a:b",
        "[::1",
        "::1",
        "user@a"
      })
  void anythingElseIsNone(String text) {
    assertThatThrownBy(() -> HostPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("`" + text + "` ");
  }

  @ParameterizedTest
  @CsvSource({
    "api.a.com, api.a.com, 443, true",
    "API.a.com, api.A.com, 443, true",
    "api.a.com, xapi.a.com, 443, false",
    "api.a.com, api.a.com.evil.com, 443, false",
    "api.a.com:80, api.a.com, 443, false",
    "*.a.com, b.a.com, 1, true",
    "*.a.com, c.b.a.com, 1, true",
    "*.a.com, a.com, 1, false",
    "*.a.com, xa.com, 1, false",
    "*.a.com, a.com.evil.com, 1, false",
    "*.a.com:8443, b.a.com, 8443, true",
    "*.a.com:8443, b.a.com, 443, false"
  })
  void aHostIsMatchedWholeOrByItsLabels(String pattern, String host, int port, boolean matches) {
    assertThat(HostPattern.parse(pattern).matches(host, port)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "*.a.com, b.a.com, true, true",
    "b.a.com, *.a.com, false, true",
    "*.a.com, *.b.a.com, true, true",
    "a.com, a.com:80, true, true",
    "a.com:80, a.com, false, true",
    "a.com:80, a.com:81, false, false",
    "a.com, b.com, false, false"
  })
  void onePatternMayCoverOrOverlapAnother(
      String pattern, String other, boolean covers, boolean overlaps) {
    assertThat(HostPattern.parse(pattern).covers(HostPattern.parse(other))).isEqualTo(covers);
    assertThat(HostPattern.parse(pattern).overlaps(HostPattern.parse(other))).isEqualTo(overlaps);
  }

  @ParameterizedTest
  @CsvSource({
    "/repos/**, /repos/a/b, true",
    "/repos/**, /repo, false",
    "/repos/*/issues, /repos/a/issues, true",
    "/repos/*/issues, /repos/a/b/issues, false",
    "/a.b, /axb, false",
    "**/end, /x/y/end, true"
  })
  void aPathMatchesByStars(String glob, String path, boolean matches) {
    assertThat(PathPattern.of(glob).matches(path)).isEqualTo(matches);
  }
}
