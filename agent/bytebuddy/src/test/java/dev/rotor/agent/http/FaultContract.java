package dev.rotor.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.time.Clock;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With every client: a fault inside the engine never breaks a request, and never repeats one. */
public interface FaultContract {

  /** Sends a GET with the placeholder; status and body of the answer, with a space between. */
  @Nullable String send(Rotor rotor, URI uri) throws Throwable;

  static Rotor engine(Provider provider, Clock clock) {
    return Engines.of(provider, clock, new FakeTime(), "profile: generic-bearer");
  }

  @Test
  default void aFaultBeforeTheRequestLetsItThroughUntouched() throws Throwable {
    BrokenClock clock = new BrokenClock();
    try (Provider provider = Provider.start(request -> Reply.of(200, "fine"))) {
      Rotor rotor = engine(provider, clock);
      clock.breakNow();

      assertThat(send(rotor, provider.uri("/v1/chat"))).isEqualTo("200 fine");

      assertThat(provider.keys()).containsExactly("rotor");
    }
  }

  @Test
  default void afterAFaultTheAnswerIsHandedOnAndNothingIsSentAgain() throws Throwable {
    BrokenClock clock = new BrokenClock();
    try (Provider provider =
        Provider.start(
            request -> {
              clock.breakNow();
              return Reply.of(429, "slow down", "Retry-After", "30");
            })) {
      Rotor rotor = engine(provider, clock);

      assertThat(send(rotor, provider.uri("/v1/chat"))).isEqualTo("429 slow down");

      assertThat(provider.keys()).containsExactly(Engines.FIRST);
    }
  }
}
