package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.Exchanges;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.impl.DefaultAuthenticationStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.AsyncConnectExec;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.jspecify.annotations.Nullable;

/** The client's handler that connects as it is when it is woven. */
final class Woven implements AsyncExecChainHandler {

  private static final MethodHandle BODY = body();

  private final AsyncClientAdapter adapter;
  private final AsyncConnectExec client =
      new AsyncConnectExec(
          new DefaultHttpProcessor(new RequestTargetHost()),
          new DefaultAuthenticationStrategy(),
          DefaultSchemePortResolver.INSTANCE,
          false);

  Woven(Exchanges exchanges) {
    adapter = new AsyncClientAdapter(exchanges);
  }

  private static MethodHandle body() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              Woven.class,
              "execute",
              MethodType.methodType(
                  void.class,
                  HttpRequest.class,
                  AsyncEntityProducer.class,
                  AsyncExecChain.Scope.class,
                  AsyncExecChain.class,
                  AsyncExecCallback.class));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the woven method is not there", impossible);
    }
  }

  @Override
  public void execute(
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    if (!isSent(request, producer, scope, chain, callback)) {
      client.execute(request, producer, scope, chain, callback);
    }
  }

  private boolean isSent(@Nullable Object... arguments) {
    try {
      return adapter.send(BODY, this, arguments) != null;
    } catch (RuntimeException fault) {
      // as the bridge does
      return false;
    }
  }
}
