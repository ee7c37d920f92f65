package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.Rotor;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Clients whose publisher is subscribed to as the woven code does it. */
final class Clients {

  private Clients() {}

  /** With a pool of one connection. */
  static HttpClient of(Rotor rotor, ConnectionProvider pool) {
    ReactorNettyAdapter adapter = new ReactorNettyAdapter(rotor.exchanges());
    return HttpClient.create(pool)
        .headers(headers -> headers.set("Authorization", "Bearer rotor"))
        .mapConnect(connect -> new Woven(adapter, connect));
  }

  private static final class Woven extends Mono<Connection> {

    private final ReactorNettyAdapter adapter;
    private final Mono<? extends Connection> connect;

    Woven(ReactorNettyAdapter adapter, Mono<? extends Connection> connect) {
      this.adapter = adapter;
      this.connect = connect;
      adapter.adapt(connect, "assembled");
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection> subscriber) {
      if (send(subscriber) == null) {
        connect.subscribe(subscriber);
      }
    }

    /**
     * What the adapter throws is a fault of ours, and lets the client go on, as the bridge does.
     */
    private @Nullable Object send(CoreSubscriber<? super Connection> subscriber) {
      try {
        return adapter.send(null, connect, new @Nullable Object[] {subscriber});
      } catch (Throwable fault) {
        return null;
      }
    }
  }
}
