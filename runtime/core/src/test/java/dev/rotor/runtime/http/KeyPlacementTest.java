package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.ProfileSettings.Placement;
import dev.rotor.runtime.config.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPlacementTest {
  private static final URI ADDRESS = URI.create("https://api.example/v1/x");
  private static final Secret SECRET = Secret.of("sk-new");

  private final KeyPlacement bearer = KeyPlacement.of(Providers.bearer());
  private final KeyPlacement query =
      KeyPlacement.of(new Placement(null, "", "key", List.of("x-goog-api-key")));
  private final KeyPlacement gemini =
      KeyPlacement.of(new Placement("x-goog-api-key", "", null, List.of("?key")));

  @Test
  void aHeaderGetsItsPrefixAndTheAddressStays() {
    assertThat(bearer.headerName()).isEqualTo("Authorization");
    assertThat(bearer.headerValue(SECRET)).isEqualTo("Bearer sk-new");
    assertThat(bearer.withKey(ADDRESS, SECRET)).isSameAs(ADDRESS);
    assertThat(gemini.headerValue(SECRET)).isEqualTo("sk-new");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/p, https://h/p?key=sk-new",
    "https://h/p?, https://h/p?key=sk-new",
    "https://h/p#f, https://h/p?key=sk-new#f",
    "https://h/p?a=1, https://h/p?a=1&key=sk-new",
    "https://h/p?a=1&, https://h/p?a=1&&key=sk-new",
    "https://h/p?key=old, https://h/p?key=sk-new",
    "https://h/p?key, https://h/p?key=sk-new",
    "https://h/p?key=&b=2, https://h/p?key=sk-new&b=2",
    "https://h/p?a=%2F+%20x&key=old&b=%e4#f, https://h/p?a=%2F+%20x&key=sk-new&b=%e4#f",
    "https://h/p?key=1&a=2&key=3, https://h/p?key=sk-new&a=2",
    "https://h/p?%6bey=old, https://h/p?key=sk-new",
    "https://h/p?keys=1&monkey=2&a=key, https://h/p?keys=1&monkey=2&a=key&key=sk-new",
    "https://h/a%2Fb;c=d/?x=a?b, https://h/a%2Fb;c=d/?x=a?b&key=sk-new",
  })
  void aQueryParameterIsSetAndTheRestStaysByteForByte(String from, String to) {
    assertThat(query.withKey(URI.create(from), SECRET)).hasToString(to);
    assertThat(query.headerName()).isNull();
    assertThat(query.alternatives()).containsExactly("x-goog-api-key");
  }

  @Test
  void aSecretInAQueryIsPercentEncoded() {
    assertThat(query.withKey(ADDRESS, Secret.of("a+b/c=&?#%é ~-._")))
        .hasToString("https://api.example/v1/x?key=a%2Bb%2Fc%3D%26%3F%23%25%C3%A9%20~-._");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/p?key=old, https://h/p",
    "https://h/p?key=old&alt=sse, https://h/p?alt=sse",
    "https://h/p?alt=sse&key=old#f, https://h/p?alt=sse#f",
    "https://h/p?alt=sse, https://h/p?alt=sse"
  })
  void anAlternativeInTheQueryIsTakenOut(String from, String to) {
    assertThat(gemini.withKey(URI.create(from), SECRET)).hasToString(to);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer sk-1, sk-1",
    "bearer sk-1, sk-1",
    "BEARER   sk-1, sk-1",
    "token ghp_1, ghp_1",
    "Bearer, ''",
    "'Bearer ', ''",
    "sk-1, sk-1",
    "Basic dXNlcjpw, Basic dXNlcjpw",
    "Bearersk-1, Bearersk-1"
  })
  void theApplicationsCredentialIsReadWithoutItsPrefix(String value, String credential) {
    assertThat(bearer.credential(headers("authorization", value), ADDRESS)).isEqualTo(credential);
  }

  @Test
  void aPrefixOfTheProfilesOwnIsTakenOff() {
    KeyPlacement deepL =
        KeyPlacement.of(new Placement("Authorization", "DeepL-Auth-Key ", null, List.of()));

    assertThat(deepL.headerValue(SECRET)).isEqualTo("DeepL-Auth-Key sk-new");
    assertThat(deepL.credential(headers("Authorization", "deepl-auth-key k:fx"), ADDRESS))
        .isEqualTo("k:fx");
  }

  @Test
  void alternativesAreLookedAtWhereTheProfilesOwnPlaceIsEmpty() {
    KeyPlacement anthropic =
        KeyPlacement.of(new Placement("x-api-key", "", null, List.of("Authorization")));

    assertThat(anthropic.credential(headers("Authorization", "Bearer sk-ant"), ADDRESS))
        .isEqualTo("sk-ant");
    assertThat(
            anthropic.credential(
                headers("Authorization", "Bearer other", "X-Api-Key", "sk-ant"), ADDRESS))
        .isEqualTo("sk-ant");
    assertThat(anthropic.credential(Headers.NONE, ADDRESS)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/p?a=1&key=sk%2D1, sk-1",
    "https://h/p?key=a%2Bb+c, a+b+c",
    "https://h/p?key=, ''",
    "https://h/p?key, ''",
    "https://h/p?monkey=1,",
    "https://h/p,"
  })
  void theCredentialInTheQueryIsDecoded(String address, @Nullable String credential) {
    assertThat(query.credential(Headers.NONE, URI.create(address))).isEqualTo(credential);
    assertThat(gemini.credential(Headers.NONE, URI.create(address))).isEqualTo(credential);
  }
}
