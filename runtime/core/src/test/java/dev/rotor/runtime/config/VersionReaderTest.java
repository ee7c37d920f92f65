package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.VersionSettings.ForPath;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionReaderTest {
  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory).set("VERSION", "v3");
  }

  @Test
  void anApiThatSaysNothingLeavesVersionsAlone() {
    ApiSettings api = config.api("apis: {openai: {keys: [a]}}");
    assertThat(api.versions()).isEqualTo(VersionSettings.NONE);
    assertThat(api.deprecated()).isEmpty();
  }

  @Test
  void versionsAreReadInTheirOrder() {
    ApiSettings api =
        config.api(
            """
            apis:
              openai:
                keys: [a]
                version: ${VERSION}
                versions: {"/v1/files/**": v1, "/**": v2beta}
            """);
    assertThat(api.versions().version()).isEqualTo("v3");
    assertThat(api.versions().byPath())
        .containsExactly(
            new ForPath(PathPattern.of("/v1/files/**"), "v1"),
            new ForPath(PathPattern.of("/**"), "v2beta"));
  }

  @Test
  void deprecatedPathsNeedOnlyAPath() {
    ApiSettings api =
        config.api(
            """
            apis:
              openai:
                keys: [a]
                deprecated:
                  - {path: /v1/completions, sunset: 2027-01-01, guide: "https://example.com/a?b#c"}
                  - path: /v1/edits
            """);
    assertThat(api.deprecated())
        .containsExactly(
            new DeprecatedPath(
                PathPattern.of("/v1/completions"),
                LocalDate.of(2027, 1, 1),
                URI.create("https://example.com/a?b#c")),
            new DeprecatedPath(PathPattern.of("/v1/edits"), null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: 2                                 | `x.version` (rotor.yaml:1): `2` is not a version; it is `v` and digits, such as `v2`, `v1.1` or `v1beta`
          version: v1/..                             | `x.version` (rotor.yaml:1): `v1/..` is not a version; it is `v` and digits, such as `v2`, `v1.1` or `v1beta`
          versions: v2                               | `x.versions` (rotor.yaml:1): settings by name must stand here, not a single value
          versions: {files: v1}                      | `x.versions.files` (rotor.yaml:1): the name `files` is not a path; it starts with `/`, as in `/repos/**`
          versions: {/files: one}                    | `x.versions./files` (rotor.yaml:1): `one` is not a version; it is `v` and digits, such as `v2`, `v1.1` or `v1beta`
          deprecated: /a                             | `x.deprecated` (rotor.yaml:1): a list must stand here, not a single value
          deprecated: [{sunset: 2027-01-01}]         | `x.deprecated[0]` (rotor.yaml:1): has no `path`; write one, such as `path: /v1/completions`
          deprecated: [{path: a}]                    | `x.deprecated[0].path` (rotor.yaml:1): `a` is not a path; it starts with `/`, as in `/repos/**`
          deprecated: [{path: /a, sunset: soon}]     | `x.deprecated[0].sunset` (rotor.yaml:1): `soon` is not a day; write one as `2027-01-31`
          deprecated: [{path: /a, sunset: 2027-02-30}] | `x.deprecated[0].sunset` (rotor.yaml:1): `2027-02-30` is not a day; write one as `2027-01-31`
          deprecated: [{path: /a, guide: docs}]      | `x.deprecated[0].guide` (rotor.yaml:1): `docs` is not the address of a page; write one as `https://host/path`
          deprecated: [{path: /a, guide: 'file:///x'}] | `x.deprecated[0].guide` (rotor.yaml:1): `file:///x` is not the address of a page; write one as `https://host/path`
          deprecated: [{path: /a, sunst: 2027-01-01}] | `x.deprecated[0].sunst` (rotor.yaml:1): unknown setting; did you mean `sunset`?
          """)
  void whatIsWrongIsTold(String setting, String mistake) {
    assertThat(config.mistakes("apis: {openai: {keys: [a], " + setting + "}}"))
        .containsExactly(mistake.replaceFirst("`x", "`apis.openai"));
  }
}
