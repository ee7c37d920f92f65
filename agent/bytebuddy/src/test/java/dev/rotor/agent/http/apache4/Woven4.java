package dev.rotor.agent.http.apache4;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.Rotor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.http.HttpException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.execchain.ClientExecChain;
import org.jspecify.annotations.Nullable;

/**
 * The adapter around {@code MainClientExec}, as the woven method has it: what it sends comes
 * through it again.
 */
final class Woven4 implements ClientExecChain {

  private static final MethodHandle BODY;

  static {
    try {
      BODY =
          MethodHandles.lookup()
              .findVirtual(
                  Woven4.class,
                  "execute",
                  MethodType.methodType(
                      CloseableHttpResponse.class,
                      HttpRoute.class,
                      HttpRequestWrapper.class,
                      HttpClientContext.class,
                      HttpExecutionAware.class));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private final Apache4Adapter adapter;
  private final ClientExecChain woven;

  private Woven4(Rotor rotor, ClientExecChain woven) {
    this.adapter = new Apache4Adapter(rotor.exchanges());
    this.woven = woven;
  }

  /** Builds clients with one connection. */
  static HttpClientBuilder client(Rotor rotor, PoolingHttpClientConnectionManager pool) {
    pool.setDefaultMaxPerRoute(1);
    pool.setMaxTotal(1);
    return new HttpClientBuilder() {
      @Override
      protected ClientExecChain decorateMainExec(ClientExecChain main) {
        return new Woven4(rotor, main);
      }
    }.setConnectionManager(pool);
  }

  @Override
  public CloseableHttpResponse execute(
      HttpRoute route,
      HttpRequestWrapper request,
      HttpClientContext context,
      HttpExecutionAware aware)
      throws IOException, HttpException {
    @Nullable Object @Nullable [] result;
    try {
      result = adapter.send(BODY, this, new Object[] {route, request, context, aware});
    } catch (Throwable fault) {
      result = null;
    }
    if (result == null) {
      return woven.execute(route, request, context, aware);
    }
    if (result[1] instanceof IOException failure) {
      throw failure;
    }
    if (result[1] instanceof HttpException failure) {
      throw failure;
    }
    if (result[1] != null) {
      throw new IllegalStateException((Throwable) result[1]);
    }
    return (CloseableHttpResponse) requireNonNull(result[0]);
  }
}
