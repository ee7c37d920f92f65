package dev.rotor.agent.http.reactornetty;

import dev.rotor.agent.http.FaultContract;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.ConnectionProvider;

class ReactorNettyFaultTest implements FaultContract {

  @Override
  public @Nullable String send(Rotor rotor, URI uri) {
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
