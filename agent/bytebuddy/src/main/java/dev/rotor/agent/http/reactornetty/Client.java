package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.Exchanges;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** One copy of the client: what all exchanges over it share. Thread-safe. */
final class Client {

  private static final Logger LOG = LoggerFactory.getLogger(Client.class);

  // what this thread subscribes to, so that the woven code lets it
  private static final ThreadLocal<@Nullable Object> UNTOUCHED = new ThreadLocal<>();

  private final Exchanges exchanges;
  private final ClientShape shape;
  private final AtomicBoolean told = new AtomicBoolean();

  Client(Exchanges exchanges, ClientShape shape) {
    this.exchanges = exchanges;
    this.shape = shape;
  }

  Exchanges exchanges() {
    return exchanges;
  }

  ClientShape shape() {
    return shape;
  }

  /** Subscribes to the client's publisher itself. */
  void subscribe(Mono<Connection> connect, CoreSubscriber<? super Connection> subscriber) {
    UNTOUCHED.set(connect);
    try {
      connect.subscribe(subscriber);
    } finally {
      UNTOUCHED.remove();
    }
  }

  /** Whether it is such a subscription that the woven code asks for; once. */
  boolean takeUntouched(@Nullable Object connect) {
    if (connect == null || UNTOUCHED.get() != connect) {
      return false;
    }
    UNTOUCHED.remove();
    return true;
  }

  /** Not what the fault says of itself, since that could show a header's value. */
  void tell(Throwable fault) {
    StackTraceElement[] stack = fault.getStackTrace();
    String kind = fault.getClass().getName();
    Object place = stack.length == 0 ? "unknown" : stack[0];
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "Reactor Netty: a fault inside Rotor ({} at {}); the request passes untouched",
          kind,
          place);
    } else {
      LOG.debug("Reactor Netty: a fault inside Rotor ({} at {})", kind, place);
    }
  }
}
