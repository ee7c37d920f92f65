package dev.rotor.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With clients that tunnel: what a proxy says when it is asked for a tunnel is no provider's. */
public interface TunnelContract {

  /** Sends a GET with the placeholder through a tunnel; status and body, a space between. */
  String send(Rotor rotor, int proxyPort, URI uri) throws Throwable;

  /** One failure opens a key's breaker, and a place that is not given back is missed at once. */
  private static Rotor engine(Provider provider) {
    return Engines.of(
        provider,
        new FakeTime(),
        "profile: generic-bearer",
        "circuit-breaker: {failure-rate: 50%, window: 2, open: 60s}",
        "keys: [{name: first, secret: %s, priority: 2, limits: {concurrent: 1}}, {name: second, secret: %s, priority: 1}]"
            .formatted(Engines.FIRST, Engines.SECOND));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 407, 429, 502, 503})
  default void aRefusedTunnelIsHandedOnAndBlamesNoKey(int status) throws Throwable {
    try (Provider provider = Provider.start(request -> Reply.of(200, "fine"));
        TunnelProxy proxy = new TunnelProxy()) {
      Rotor rotor = engine(provider);
      proxy.refuse(status);

      assertThat(send(rotor, proxy.port(), provider.uri("/v1/chat"))).isEqualTo(status + " no way");

      assertThat(proxy.asked()).hasSize(1);
      assertThat(provider.received()).isEmpty();
      assertThat(send(rotor, proxy.port(), provider.uri("/v1/chat"))).isEqualTo("200 fine");
      assertThat(provider.keys()).containsExactly(Engines.FIRST);
      assertThat(proxy.asked().toString()).doesNotContain(Engines.FIRST);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep-alive", "close"})
  default void whatComesThroughATunnelIsTheProviders(String connection) throws Throwable {
    try (Provider provider =
            Provider.start(
                request ->
                    String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
                        ? Reply.of(429, "slow down", "Connection", connection)
                        : Reply.of(200, ""));
        TunnelProxy proxy = new TunnelProxy()) {

      assertThat(send(engine(provider), proxy.port(), provider.uri("/v1/chat"))).isEqualTo("200 ");

      assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    }
  }

  @Test
  default void aTunnelThatIsRefusedToALaterAttemptIsHandedOnToo() throws Throwable {
    TunnelProxy[] way = new TunnelProxy[1];
    try (TunnelProxy proxy = new TunnelProxy();
        Provider provider =
            Provider.start(
                request -> {
                  way[0].refuse(503);
                  return Reply.of(429, "slow down", "Connection", "close");
                })) {
      way[0] = proxy;

      assertThat(send(engine(provider), proxy.port(), provider.uri("/v1/chat")))
          .isEqualTo("503 no way");

      assertThat(provider.keys()).containsExactly(Engines.FIRST);
    }
  }
}
