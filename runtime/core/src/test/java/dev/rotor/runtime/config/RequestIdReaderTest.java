package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestIdReaderTest {
  private static final String OPENAI = "apis: {openai: {keys: [a]%s}}";
  private static final String OTHER =
      "apis: {b: {profile: generic-header, hosts: [b.example], keys: [a]%s}}";

  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory);
  }

  @Test
  void theHeaderIsTheProfilesUnlessTheApiSaysAnother() {
    assertThat(config.api(OPENAI.formatted("")).requestIdHeader()).isEqualTo("X-Client-Request-Id");
    assertThat(config.api(OPENAI.formatted(", request-id-header: X-Id")).requestIdHeader())
        .isEqualTo("X-Id");
    assertThat(config.api(OPENAI.formatted(", request-id-header: off")).requestIdHeader()).isNull();
    assertThat(config.api(OTHER.formatted("")).requestIdHeader()).isNull();
    assertThat(config.api(OTHER.formatted(", request-id-header: X-Id")).requestIdHeader())
        .isEqualTo("X-Id");
  }

  @Test
  void noShippedProfileButOpenAisHasOne() {
    for (String profile : Profiles.NAMES) {
      String yaml = "apis: {b: {profile: " + profile + ", hosts: [b.example], keys: [a]}}";
      assertThat(config.api(yaml).requestIdHeader() != null)
          .as(profile)
          .isEqualTo(profile.equals("openai"));
    }
  }

  @Test
  void theProfilesHeaderGivesWayToAFixedValue() {
    String ofApi = ", headers: {x-client-request-id: mine}";
    assertThat(config.api(OPENAI.formatted(ofApi)).requestIdHeader()).isNull();
    String ofKey = "apis: {openai: {keys: [{secret: a, headers: {X-Client-Request-Id: mine}}]}}";
    assertThat(config.api(ofKey).requestIdHeader()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          request-id-header: "a b"              | `a b` is not the name of a header
          request-id-header: on                 | must be the name of a header, such as `X-Request-Id`, or `off`
          request-id-header: x-api-key          | `x-api-key` carries a credential, and ids are printed; name another
          request-id-header: authorization      | `authorization` carries a credential, and ids are printed; name another
          request-id-header: I, idempotency-header: i | `I` is the `idempotency-header` already; name another
          request-id-header: X-A, headers: {x-a: b} | `X-A` has a fixed value under `headers`; name another, or drop that
          """)
  void whatIsWrongIsTold(String settings, String problem) {
    assertThat(config.mistakes(OTHER.formatted(", " + settings)))
        .containsExactly("`apis.b.request-id-header` (rotor.yaml:1): " + problem);
  }
}
