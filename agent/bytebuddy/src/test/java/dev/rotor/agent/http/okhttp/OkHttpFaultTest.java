package dev.rotor.agent.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.BrokenClock;
import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FaultContract;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class OkHttpFaultTest implements FaultContract {

  @Test
  void aFaultWhereTheKeyIsPlacedLetsTheRequestThroughUntouched() throws Throwable {
    try (Provider provider = Provider.start(request -> Reply.of(429, "slow down"))) {
      assertThat(
              send(
                  FaultContract.engine(provider, new BrokenClock()),
                  provider.uri("/v1/chat"),
                  unreadableHostFrom(1)))
          .isEqualTo("429 slow down");

      assertThat(provider.keys()).containsExactly("rotor");
    }
  }

  @Test
  void aLaterAttemptThatCannotBePlacedLeavesTheLastAnswer() throws Throwable {
    try (Provider provider = Provider.start(request -> Reply.of(429, "slow down"))) {
      assertThat(
              send(
                  FaultContract.engine(provider, new BrokenClock()),
                  provider.uri("/v1/chat"),
                  unreadableHostFrom(2)))
          .isEqualTo("429 slow down");

      assertThat(provider.keys()).containsExactly(Engines.FIRST);
    }
  }

  /** From an attempt on, an address that the engine cannot make sense of. */
  private static Interceptor unreadableHostFrom(int first) {
    AtomicInteger attempts = new AtomicInteger();
    return chain ->
        chain.proceed(
            attempts.incrementAndGet() < first
                ? chain.request()
                : chain.request().newBuilder().header("Host", "not a host").build());
  }

  @Override
  public String send(Rotor rotor, URI uri) throws Exception {
    return send(rotor, uri, chain -> chain.proceed(chain.request()));
  }

  private static String send(Rotor rotor, URI uri, Interceptor network) throws Exception {
    WovenOkHttp.use(rotor);
    OkHttpClient client = new OkHttpClient.Builder().addNetworkInterceptor(network).build();
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
