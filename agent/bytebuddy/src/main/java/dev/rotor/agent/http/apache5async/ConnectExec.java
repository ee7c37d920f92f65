package dev.rotor.agent.http.apache5async;

import java.lang.invoke.MethodHandle;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * The client's own handler that connects, with the rest of the chain. Called with an {@link
 * OwnCallback} it runs untouched.
 */
record ConnectExec(MethodHandle body, Object handler, AsyncExecChain chain) {

  void execute(
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      AsyncExecChain.Scope scope,
      OwnCallback callback)
      throws Throwable {
    body.invoke(handler, request, producer, scope, chain, (AsyncExecCallback) callback);
  }
}
