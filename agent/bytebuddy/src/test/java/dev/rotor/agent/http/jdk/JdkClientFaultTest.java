package dev.rotor.agent.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.BrokenClock;
import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fault inside the engine never breaks a request, and never repeats one. */
class JdkClientFaultTest {

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

  private static String send(Rotor rotor, URI uri) throws Throwable {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer rotor").build();
    HttpResponse<?> response =
        throughAdapter(rotor, client, request) instanceof HttpResponse<?> answer
            ? answer
            : client.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  /**
   * What the adapter throws is a fault of ours, and lets the client go on, as behind the bridge.
   */
  private static @Nullable Object throughAdapter(
      Rotor rotor, HttpClient client, HttpRequest request) throws ReflectiveOperationException {
    var send =
        MethodHandles.lookup()
            .findVirtual(
                HttpClient.class,
                "send",
                MethodType.methodType(HttpResponse.class, HttpRequest.class, BodyHandler.class));
    try {
      @Nullable Object[] result =
          new JdkClientAdapter(rotor.exchanges())
              .send(send, client, new Object[] {request, BodyHandlers.ofString()});
      return result == null ? null : result[0];
    } catch (Throwable fault) {
      return null;
    }
  }
}
