package dev.rotor.agent.http.apache5async;

import static java.util.Objects.requireNonNull;

import dev.rotor.agent.http.Adapter;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.lang.invoke.MethodHandle;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the exchanges of one copy of the client. Thread-safe. */
public final class AsyncClientAdapter implements Adapter {

  private static final Logger LOG = LoggerFactory.getLogger(AsyncClientAdapter.class);

  private final Exchanges exchanges;
  private final Faults faults = new Faults();
  private final boolean known = ClientVersion.isKnown();

  public AsyncClientAdapter(Exchanges exchanges) {
    this.exchanges = exchanges;
    if (!known) {
      LOG.warn(
          "Apache HttpClient 5 (async): this version is none that Rotor knows, which are 5.1 to"
              + " 5.6; its requests pass untouched");
    }
  }

  @Override
  public @Nullable Object @Nullable [] send(
      MethodHandle body, @Nullable Object self, @Nullable Object[] arguments) {
    if (!known
        || exchanges.routes().isEmpty()
        || arguments[4] instanceof OwnCallback
        || !(arguments[0] instanceof HttpRequest request)
        || !(arguments[2] instanceof AsyncExecChain.Scope scope)) {
      return null;
    }
    HttpHost target = scope.route.getTargetHost();
    Trail trail = new Trail(scope);
    trail.next(request, target, exchanges.routes());
    if (!exchanges.routes().mayBind(ShownRequest.host(target))) {
      return null;
    }
    AsyncEntityProducer producer = (AsyncEntityProducer) arguments[1];
    ShownRequest shown = ShownRequest.of(request, producer, target);
    if (shown == null) {
      return null;
    }
    Call context = exchanges.context();
    HttpCall call = exchanges.begin(shown);
    if (call == null) {
      return null;
    }
    call.detach();
    trail.began(target);
    Above above =
        new Above(exchanges, context, (AsyncExecCallback) requireNonNull(arguments[4]), scope);
    ConnectExec connect =
        new ConnectExec(body, requireNonNull(self), (AsyncExecChain) requireNonNull(arguments[3]));
    new AsyncSend(call, connect, shown, above, trail, faults).start();
    return new @Nullable Object[] {null, null};
  }
}
