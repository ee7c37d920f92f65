package dev.rotor.agent.http.apache5;

import static java.util.Objects.requireNonNull;

import dev.rotor.agent.http.Adapter;
import dev.rotor.agent.http.BlockingExchange;
import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.lang.invoke.MethodHandle;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Sends in the place of {@code ConnectExec}. Thread-safe. */
public final class Apache5Adapter implements Adapter {

  private final Exchanges exchanges;

  public Apache5Adapter(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /** Sends one hop: {@code execute} with its request, its scope and what comes below. */
  @Override
  public @Nullable Object @Nullable [] send(
      MethodHandle body, @Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    if (exchanges.routes().isEmpty()
        || !(arguments[0] instanceof ClassicHttpRequest request)
        || !(arguments[1] instanceof Scope scope)
        || !(arguments[2] instanceof ExecChain chain)
        || scope.execRuntime instanceof PlacingRuntime) {
      return null;
    }
    Trail trail = new Trail(scope);
    trail.next(request, exchanges.routes());
    if (!exchanges.routes().mayBind(scope.route.getTargetHost().getHostName())) {
      return null;
    }
    ShownRequest shown = ShownRequest.of(request, Destination.origin(scope.route));
    HttpCall call = shown == null ? null : exchanges.begin(shown);
    if (shown == null || call == null) {
      return null;
    }
    ConnectMethod connect = new ConnectMethod(body, requireNonNull(self), chain);
    return send(call, trail, new ClassicSend(call, trail, connect, shown, scope));
  }

  private static @Nullable Object @Nullable [] send(HttpCall call, Trail trail, ClassicSend client)
      throws UntouchedException {
    boolean unsent = false;
    try {
      client.begin();
      ClassicSend.Answer answer = BlockingExchange.run(call, client);
      unsent = answer.unsent();
      return new @Nullable Object[] {client.unlessAborted(answer.response()), null};
    } catch (UntouchedException untouched) {
      if (untouched.isFault()) {
        throw untouched;
      }
      return null;
    } catch (Throwable thrown) {
      return new @Nullable Object[] {null, thrown};
    } finally {
      if (!unsent) {
        trail.ended(call);
      }
    }
  }

  /**
   * Whether the client is to send again by itself.
   *
   * @param context the arguments of the strategy, the last of which is the request's context
   */
  @Override
  public @Nullable Object adapt(@Nullable Object context, @Nullable Object value) {
    return context instanceof Object[] arguments
            && arguments[arguments.length - 1] instanceof HttpContext request
            && Trail.isGivenUp(request)
        ? false
        : value;
  }
}
