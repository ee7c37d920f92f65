package dev.rotor.agent.http.apache5;

import dev.rotor.runtime.Rotor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * The adapter around {@code ConnectExec}, as the woven method has it: what it sends comes through
 * it again.
 */
final class Woven5 implements ExecChainHandler {

  private static final MethodHandle BODY;

  static {
    try {
      BODY =
          MethodHandles.lookup()
              .findVirtual(
                  Woven5.class,
                  "execute",
                  MethodType.methodType(
                      ClassicHttpResponse.class,
                      ClassicHttpRequest.class,
                      Scope.class,
                      ExecChain.class));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private final Apache5Adapter adapter;

  private Woven5(Rotor rotor) {
    adapter = new Apache5Adapter(rotor.exchanges());
  }

  /** Builds clients with one connection for each route. */
  static HttpClientBuilder client(Rotor rotor, PoolingHttpClientConnectionManager pool) {
    pool.setDefaultMaxPerRoute(1);
    pool.setMaxTotal(1);
    return HttpClientBuilder.create()
        .setConnectionManager(pool)
        .addExecInterceptorBefore(ChainElement.CONNECT.name(), "woven", new Woven5(rotor));
  }

  @Override
  public ClassicHttpResponse execute(ClassicHttpRequest request, Scope scope, ExecChain chain)
      throws HttpException, java.io.IOException {
    @Nullable Object @Nullable [] result;
    try {
      result = adapter.send(BODY, this, new Object[] {request, scope, chain});
    } catch (Throwable fault) {
      result = null;
    }
    if (result == null) {
      return chain.proceed(request, scope);
    }
    if (result[1] instanceof java.io.IOException failure) {
      throw failure;
    }
    if (result[1] instanceof HttpException failure) {
      throw failure;
    }
    if (result[1] != null) {
      throw new IllegalStateException((Throwable) result[1]);
    }
    return (ClassicHttpResponse) java.util.Objects.requireNonNull(result[0]);
  }
}
