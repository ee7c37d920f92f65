package dev.rotor.agent.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.FaultContract;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class OkHttpFaultTest implements FaultContract {

  private static final String BROKEN = "schlüssel-00000001";

  @Test
  void aFaultWhereTheKeyIsPlacedLetsTheRequestThroughUntouched() throws Throwable {
    try (Provider provider = Provider.start(request -> Reply.of(429, "slow down"))) {
      assertThat(send(withSecrets(provider, BROKEN, BROKEN), provider.uri("/v1/chat")))
          .isEqualTo("429 slow down");

      assertThat(provider.keys()).containsExactly("rotor");
    }
  }

  @Test
  void aLaterAttemptThatCannotBePlacedLeavesTheLastAnswer() throws Throwable {
    try (Provider provider = Provider.start(request -> Reply.of(429, "slow down"))) {
      assertThat(send(withSecrets(provider, Engines.FIRST, BROKEN), provider.uri("/v1/chat")))
          .isEqualTo("429 slow down");

      assertThat(provider.keys()).containsExactly(Engines.FIRST);
    }
  }

  /** Of a secret that is not ASCII OkHttp makes no header. */
  private static Rotor withSecrets(Provider provider, String first, String second) {
    return Engines.of(
        provider,
        new FakeTime(),
        "profile: generic-bearer",
        "keys: [{name: first, secret: \"%s\", priority: 2}, {name: second, secret: \"%s\"}]"
            .formatted(first, second));
  }

  @Override
  public String send(Rotor rotor, URI uri) throws Exception {
    WovenOkHttp.use(rotor);
    OkHttpClient client = new OkHttpClient();
    Request request =
        new Request.Builder().url(uri.toString()).header("Authorization", "Bearer rotor").build();
    try (Response response = client.newCall(request).execute()) {
      return response.code() + " " + Objects.requireNonNull(response.body()).string();
    } finally {
      client.dispatcher().executorService().shutdownNow();
      client.connectionPool().evictAll();
    }
  }
}
