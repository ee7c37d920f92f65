package dev.rotor.agent.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.BrokenClock;
import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** A fault inside the engine never breaks a request, and never repeats one. */
class OkHttpFaultTest {

  private final BrokenClock clock = new BrokenClock();

  @Test
  void aFaultBeforeTheRequestLetsItThroughUntouched() throws Throwable {
    try (Provider provider = Provider.start(request -> Reply.of(200, "fine"))) {
      Rotor rotor = engine(provider);
      clock.breakNow();

      assertThat(send(rotor, provider.uri("/v1/chat"))).isEqualTo("200 fine");

      assertThat(provider.received()).hasSize(1);
      assertThat(provider.received().get(0).header("Authorization")).isEqualTo("Bearer rotor");
    }
  }

  @Test
  void afterAFaultTheAnswerIsHandedOnAndNothingIsSentAgain() throws Throwable {
    try (Provider provider =
        Provider.start(
            request -> {
              clock.breakNow();
              return Reply.of(429, "slow down", "Retry-After", "30");
            })) {
      assertThat(send(engine(provider), provider.uri("/v1/chat"))).isEqualTo("429 slow down");

      assertThat(provider.received()).hasSize(1);
      assertThat(provider.received().get(0).header("Authorization"))
          .isEqualTo("Bearer " + Engines.FIRST);
    }
  }

  private Rotor engine(Provider provider) {
    return Engines.of(provider, clock, new FakeTime(), "profile: generic-bearer");
  }

  private static String send(Rotor rotor, URI uri) throws Exception {
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
