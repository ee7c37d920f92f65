package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SelfSignedTlsTest {
  @Test
  void the_provider_speaks_https_to_those_who_trust_its_key(@TempDir Path directory)
      throws Exception {
    SelfSignedTls tls = SelfSignedTls.create(directory);
    try (StubProvider provider =
        StubProvider.builder().https(tls.context()).key("a", "sk-test-0001").start()) {
      provider.faultAt(1, Fault.slow(Duration.ofMillis(1)));
      URL url = URI.create(provider.url() + "/v1/models").toURL();
      for (int i = 0; i < 2; i++) {
        HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
        connection.setSSLSocketFactory(tls.context().getSocketFactory());
        connection.setRequestProperty("Authorization", "Bearer sk-test-0001");

        assertThat(connection.getResponseCode()).isEqualTo(200);
        assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
      }
    }
  }
}
