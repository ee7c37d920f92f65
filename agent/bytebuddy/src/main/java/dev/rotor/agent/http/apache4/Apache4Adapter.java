package dev.rotor.agent.http.apache4;

import dev.rotor.agent.http.Adapter;
import dev.rotor.agent.http.BlockingExchange;
import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends in the place of {@code MainClientExec} and {@code MinimalClientExec}. Thread-safe. */
public final class Apache4Adapter implements Adapter {

  private static final Logger LOG = LoggerFactory.getLogger(Apache4Adapter.class);

  private final Exchanges exchanges;
  private final AtomicBoolean toldOfOldClient = new AtomicBoolean();

  public Apache4Adapter(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /**
   * Sends one hop: {@code execute} with its route, request, context and what aborts it.
   *
   * @param body none; the client's class files are too old for one
   */
  @Override
  public @Nullable Object @Nullable [] send(
      MethodHandle body, @Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    if (exchanges.routes().isEmpty()
        || !(arguments[0] instanceof HttpRoute route)
        || !(arguments[1] instanceof HttpRequestWrapper request)
        || !(arguments[2] instanceof HttpClientContext context)
        || !(self instanceof ClientExecChain chain)
        || arguments[3] instanceof Abort) {
      return null;
    }
    Trail trail = new Trail(context);
    trail.next(request, route, exchanges.routes());
    if (!exchanges.routes().mayBind(route.getTargetHost().getHostName())) {
      return null;
    }
    ShownRequest shown = ShownRequest.of(request, Destination.origin(route));
    HttpCall call = shown == null ? null : exchanges.begin(shown);
    if (shown == null || call == null) {
      return null;
    }
    Tunnel tunnel = new Tunnel(context, request);
    Abort abort = new Abort(call, (HttpExecutionAware) arguments[3], tunnel);
    ExecMethod exec = new ExecMethod(chain, context, abort, tunnel);
    return send(call, trail, abort, new ExecSend(exec, trail, shown, route));
  }

  private static @Nullable Object @Nullable [] send(
      HttpCall call, Trail trail, Abort abort, ExecSend client) throws UntouchedException {
    boolean unsent = false;
    try {
      abort.install();
      ExecSend.Answer answer = BlockingExchange.run(call, client);
      unsent = answer.unsent();
      return new @Nullable Object[] {abort.unlessAborted(answer.response()), null};
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
   * What the other advices have to say.
   *
   * @param context the arguments of a strategy that says whether the client sends again by itself;
   *     null: the client of before 4.3 sends to {@code value}
   */
  @Override
  public @Nullable Object adapt(@Nullable Object context, @Nullable Object value) {
    if (context instanceof Object[] arguments) {
      return arguments[arguments.length - 1] instanceof HttpContext request
              && Trail.isGivenUp(request)
          ? false
          : value;
    }
    if (value instanceof HttpHost host
        && exchanges.routes().mayBind(host.getHostName())
        && toldOfOldClient.compareAndSet(false, true)) {
      LOG.warn(
          "Apache HttpClient 4: {} is sent to by a DefaultHttpClient or another client of before"
              + " 4.3, which Rotor leaves alone; make the client with HttpClientBuilder",
          host.getHostName());
    }
    return value;
  }
}
