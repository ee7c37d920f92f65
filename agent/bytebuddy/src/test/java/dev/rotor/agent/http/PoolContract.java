package dev.rotor.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** With clients that have a pool: when it has no connection in time, nobody else is to blame. */
public interface PoolContract {

  /** A client with a pool of one connection, which it waits for a moment. */
  interface OneConnection extends AutoCloseable {
    /** Sends a GET with the placeholder; status and body of the answer, a space between. */
    String send(URI uri) throws Exception;

    /** The same while somebody else has the connection. */
    String sendInVain(URI uri) throws Exception;

    /** What the client says then. */
    Class<? extends Exception> timeout();

    @Override
    void close() throws IOException;
  }

  /** Makes one. */
  OneConnection client(Rotor rotor) throws Exception;

  @Test
  default void aPoolWithoutAConnectionBlamesNoKeyAndIsAskedOnce() throws Exception {
    FakeTime time = new FakeTime();
    try (Provider provider = Provider.start(request -> Reply.of(200, "fine"));
        OneConnection client =
            client(
                Engines.of(
                    provider,
                    time,
                    "profile: generic-bearer",
                    "circuit-breaker: {failure-rate: 50%, window: 2, open: 60s}",
                    "keys: [{name: first, secret: %s, priority: 2, limits: {concurrent: 1}}, {name: second, secret: %s, priority: 1}]"
                        .formatted(Engines.FIRST, Engines.SECOND)))) {
      long before = time.nanoTime();

      assertThatThrownBy(() -> client.sendInVain(provider.uri("/")))
          .hasStackTraceContaining(client.timeout().getName());

      assertThat(time.nanoTime()).as("nothing was waited for").isEqualTo(before);
      assertThat(client.send(provider.uri("/"))).isEqualTo("200 fine");
      assertThat(provider.keys()).containsExactly(Engines.FIRST);
    }
  }
}
