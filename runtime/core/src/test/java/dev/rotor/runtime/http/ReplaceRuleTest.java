package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.ProfileSettings.Placement;
import dev.rotor.runtime.config.Replaces;
import dev.rotor.runtime.config.Secret;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaceRuleTest {
  private static final URI ADDRESS = URI.create("https://api.example/v1");

  /** Of "application-secret". */
  private static final String HASH =
      "sha256:C9E06404462BBA820581335E7C9B940FC8C03DBE358E68AE8F53B369AE9D0E6A";

  private final ReplaceRule known =
      ReplaceRule.of(
          Replaces.KNOWN,
          List.of(Secret.of("sk-own"), Secret.missing("OPENAI_KEY_2")),
          List.of("sk-application", HASH));

  @Test
  void noneThePlaceholderAndOwnSecretsMayBeReplaced() {
    assertThat(known.allows(null)).isTrue();
    assertThat(known.allows("")).isTrue();
    assertThat(known.allows("rotor")).isTrue();
    assertThat(known.allows("sk-own")).isTrue();
    assertThat(known.allows("sk-application")).isTrue();
  }

  @Test
  void anApplicationKeyMayBeGivenAsItsHashInAnyCase() {
    assertThat(known.allows("application-secret")).isTrue();
  }

  @Test
  void anybodyElsesCredentialMayNot() {
    assertThat(known.allows("sk-customer")).isFalse();
    assertThat(known.allows("SK-OWN")).isFalse();
    assertThat(known.allows("Basic dXNlcjpw")).isFalse();
    assertThat(known.allows(HASH)).isFalse();
  }

  @Test
  void anyMeansAny() {
    ReplaceRule any = ReplaceRule.of(Replaces.ANY, List.of(), List.of());

    assertThat(any.allows("sk-customer")).isTrue();
    assertThat(any.allows(Providers.PLAIN.placement(), headers("Authorization", "x"), ADDRESS))
        .isTrue();
  }

  @Test
  void oneForeignCredentialAmongSeveralIsEnoughToKeepOff() {
    KeyPlacement placement =
        KeyPlacement.of(new Placement("x-api-key", "", null, List.of("Authorization", "?key")));

    assertThat(known.allows(placement, Headers.NONE, ADDRESS)).isTrue();
    assertThat(known.allows(placement, headers("x-api-key", "rotor"), ADDRESS)).isTrue();
    assertThat(
            known.allows(
                placement,
                headers("x-api-key", "rotor", "Authorization", "Bearer user-token"),
                ADDRESS))
        .isFalse();
    assertThat(
            known.allows(
                placement,
                headers("x-api-key", "rotor"),
                URI.create("https://api.example/v1?key=rotor&key=user")))
        .isFalse();
  }
}
