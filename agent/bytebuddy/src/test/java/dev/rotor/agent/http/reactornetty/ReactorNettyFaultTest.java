package dev.rotor.agent.http.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.BrokenClock;
import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.ConnectionProvider;

/** A fault inside the engine never breaks a request, and never repeats one. */
class ReactorNettyFaultTest {

  private final BrokenClock clock = new BrokenClock();

  @Test
  void aFaultBeforeTheRequestLetsItThroughUntouched() throws Exception {
    try (Provider provider = Provider.start(request -> Reply.of(200, "fine"))) {
      Rotor rotor = engine(provider);
      clock.breakNow();

      assertThat(send(rotor, provider.uri("/v1/chat"))).isEqualTo("200 fine");

      assertThat(provider.keys()).containsExactly("rotor");
    }
  }

  @Test
  void afterAFaultTheAnswerIsHandedOnAndNothingIsSentAgain() throws Exception {
    try (Provider provider =
        Provider.start(
            request -> {
              clock.breakNow();
              return Reply.of(429, "slow down", "Retry-After", "30");
            })) {
      assertThat(send(engine(provider), provider.uri("/v1/chat"))).isEqualTo("429 slow down");

      assertThat(provider.keys()).containsExactly(Engines.FIRST);
    }
  }

  private Rotor engine(Provider provider) {
    return Engines.of(provider, clock, new FakeTime(), "profile: generic-bearer");
  }

  private static @Nullable String send(Rotor rotor, URI uri) {
    ConnectionProvider pool = ConnectionProvider.create("fault", 1);
    try {
      return Clients.of(rotor, pool)
          .get()
          .uri(uri)
          .responseSingle(
              (response, body) ->
                  body.asString().map(text -> response.status().code() + " " + text))
          .block(Duration.ofMinutes(2));
    } finally {
      pool.disposeLater().block();
    }
  }
}
