package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://api.x/v1/chat       | https://api.x/v1  | https://eu.x/v1    | https://eu.x/v1/chat
          https://api.x/v1/chat       | https://api.x/v1/ | https://eu.x/v1/   | https://eu.x/v1/chat
          https://api.x/v1            | https://api.x/v1  | https://eu.x/v2    | https://eu.x/v2
          https://api.x/v1/           | https://api.x/v1  | https://eu.x/v2    | https://eu.x/v2/
          https://api.x/v1/a?q=%2F+%20#f | https://api.x/v1 | http://eu.x:8080/p | http://eu.x:8080/p/a?q=%2F+%20#f
          https://api.x/v1/a%2Fb      | https://api.x/v1  | https://eu.x       | https://eu.x/a%2Fb
          https://api.x/chat          | https://api.x     | https://eu.x/v1    | https://eu.x/v1/chat
          https://api.x/v10/chat      | https://api.x/v1  | https://eu.x/v2    | https://eu.x/v10/chat
          https://api.x/other         | https://api.x/v1  | https://eu.x/v2    | https://eu.x/other
          https://other.x/v1/chat     | https://api.x/v1  | https://eu.x/v2    | https://eu.x/v2/chat
          https://u:p@api.x/v1/chat   | https://api.x/v1  | https://eu.x/v1    | https://eu.x/v1/chat
          https://api.x/v1/chat       |                   | https://eu.x/v1    | https://eu.x/v1/chat
          https://api.x/chat          |                   | https://eu.x/v1    | https://eu.x/v1/chat
          https://api.x               |                   | https://eu.x/v1    | https://eu.x/v1
          https://api.x?q=1           | https://api.x     | https://eu.x       | https://eu.x?q=1
          https://api.x/v1/a          | https://api.x/v1  | https://[::1]:8443/v1 | https://[::1]:8443/v1/a
          """)
  void theKeysBaseUrlTakesThePlaceOfTheApis(
      String request, @Nullable String apiBase, String keyBase, String expected) {
    URI api = apiBase == null ? null : URI.create(apiBase);

    assertThat(BaseUrl.rebase(URI.create(request), api, URI.create(keyBase))).hasToString(expected);
  }

  @Test
  void aRequestThatIsThereAlreadyStaysTheSame() {
    URI api = URI.create("https://api.x");
    URI request = URI.create("https://EU.x:443/v1/chat?q");

    assertThat(BaseUrl.rebase(request, api, URI.create("https://eu.x/v1"))).isSameAs(request);
  }

  @Test
  void rebasingTwiceIsRebasingOnce() {
    URI api = URI.create("https://api.x");
    URI key = URI.create("https://eu.x/proxy");
    URI once = BaseUrl.rebase(URI.create("https://api.x/v1/chat"), api, key);

    assertThat(BaseUrl.rebase(once, api, key)).isSameAs(once);
  }
}
