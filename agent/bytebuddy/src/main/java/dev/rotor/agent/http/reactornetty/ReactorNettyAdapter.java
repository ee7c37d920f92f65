package dev.rotor.agent.http.reactornetty;

import dev.rotor.agent.http.Adapter;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;

/**
 * Subscribes in the place of Reactor Netty's HTTP client. WebSockets, and versions that look
 * different, are left alone. Thread-safe.
 */
public final class ReactorNettyAdapter implements Adapter {

  private static final Logger LOG = LoggerFactory.getLogger(ReactorNettyAdapter.class);

  private final Exchanges exchanges;
  private final @Nullable Client client;
  // the client's publishers have no equality of their own
  private final Map<Object, Call> assembled = Collections.synchronizedMap(new WeakHashMap<>());

  public ReactorNettyAdapter(Exchanges exchanges) {
    this.exchanges = exchanges;
    ClientShape shape = ClientShape.find();
    this.client = shape == null ? null : new Client(exchanges, shape);
    if (shape == null) {
      LOG.warn(
          "Reactor Netty: this version is none that Rotor knows, which are 1.1 to 1.3; its requests"
              + " pass untouched");
    }
  }

  /**
   * Remembers in which call a publisher was assembled. Where the thread that subscribes is in a
   * call itself, that one counts.
   */
  @Override
  public @Nullable Object adapt(@Nullable Object connect, @Nullable Object value) {
    if (connect != null && !exchanges.routes().isEmpty()) {
      Call context = exchanges.context();
      if (context != null) {
        assembled.put(connect, context);
      }
    }
    return value;
  }

  @Override
  public @Nullable Object @Nullable [] send(
      @Nullable MethodHandle body, @Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Client own = client;
    if (own == null
        || exchanges.routes().isEmpty()
        || own.takeUntouched(self)
        || !(self instanceof Mono<?> connect)
        || !(arguments[0] instanceof CoreSubscriber<?> subscriber)) {
      return null;
    }
    return subscribe(own, connect, subscriber) ? new @Nullable Object[2] : null;
  }

  @SuppressWarnings("unchecked")
  private boolean subscribe(Client own, Mono<?> connect, CoreSubscriber<?> subscriber)
      throws ReflectiveOperationException {
    HttpClientConfig config = own.shape().config(connect);
    if (config.websocketClientSpec() != null) {
      return false;
    }
    OwnRequest request = OwnRequest.of(config, own.shape().headers(config));
    if (request == null || !exchanges.routes().mayBind(request.uri().getHost())) {
      return false;
    }
    HttpCall call = begin(connect, request);
    if (call == null) {
      return false;
    }
    new Exchange(
            own,
            call,
            request,
            config,
            (Mono<Connection>) connect,
            (CoreSubscriber<? super Connection>) subscriber)
        .start();
    return true;
  }

  private @Nullable HttpCall begin(Object connect, OwnRequest request) {
    Call current = exchanges.context();
    Call context = current != null || assembled.isEmpty() ? current : assembled.get(connect);
    return exchanges.<@Nullable HttpCall>within(
        context,
        () -> {
          HttpCall call = exchanges.begin(request);
          if (call != null) {
            call.detach();
          }
          return call;
        });
  }
}
