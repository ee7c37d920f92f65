package dev.rotor.agent.http.jdk;

import static java.util.Objects.requireNonNull;

import dev.rotor.agent.http.Adapter;
import dev.rotor.agent.http.BlockingExchange;
import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends in the place of {@code java.net.http.HttpClient}. Thread-safe. */
public final class JdkClientAdapter implements Adapter {

  private final Exchanges exchanges;

  public JdkClientAdapter(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /**
   * Sends.
   *
   * @param body {@code send} or {@code sendAsync}, told apart by what they return
   */
  @Override
  public @Nullable Object @Nullable [] send(
      MethodHandle body, @Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    if (exchanges.routes().isEmpty()
        || !(arguments[0] instanceof HttpRequest own)
        || !(arguments[1] instanceof BodyHandler<?> handler)) {
      return null;
    }
    JdkRequest request = new JdkRequest(own);
    HttpCall call = exchanges.begin(request);
    if (call == null) {
      return null;
    }
    PushPromiseHandler<?> push = arguments.length > 2 ? (PushPromiseHandler<?>) arguments[2] : null;
    return CompletableFuture.class.isAssignableFrom(body.type().returnType())
        ? sendAsync(call, new ClientMethod(body, requireNonNull(self)), request, handler, push)
        : send(call, new ClientMethod(body, requireNonNull(self)), request, handler);
  }

  private static <T> @Nullable Object @Nullable [] send(
      HttpCall call, ClientMethod send, JdkRequest request, BodyHandler<T> handler)
      throws UntouchedException {
    try {
      JdkSend<T> client = new JdkSend<>(call, send, request, handler);
      return new @Nullable Object[] {client.open(BlockingExchange.run(call, client)), null};
    } catch (UntouchedException fault) {
      throw fault;
    } catch (Throwable thrown) {
      return new @Nullable Object[] {null, thrown};
    }
  }

  private static <T> @Nullable Object @Nullable [] sendAsync(
      HttpCall call,
      ClientMethod send,
      JdkRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<?> push)
      throws Throwable {
    call.detach();
    @SuppressWarnings("unchecked")
    JdkSendAsync<T> exchange =
        new JdkSendAsync<>(call, send, request, handler, (PushPromiseHandler<T>) push);
    return exchange.start();
  }

  /**
   * The headers that go along to where a redirect leads.
   *
   * @param context where the request came from and where it goes
   * @param value the headers
   */
  @Override
  public @Nullable Object adapt(@Nullable Object context, @Nullable Object value) {
    Object[] way = (Object[]) requireNonNull(context);
    URI from = (URI) way[0];
    URI target = (URI) way[1];
    HttpHeaders headers = (HttpHeaders) requireNonNull(value);
    for (var header : headers.map().entrySet()) {
      for (String held : header.getValue()) {
        if (!exchanges.routes().mayCarry(from, target, header.getKey(), held)) {
          return HttpHeaders.of(
              headers.map(), (name, text) -> exchanges.routes().mayCarry(from, target, name, text));
        }
      }
    }
    return headers;
  }
}
