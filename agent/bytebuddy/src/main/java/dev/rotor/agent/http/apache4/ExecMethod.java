package dev.rotor.agent.http.apache4;

import java.lang.invoke.MethodHandle;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/** The client's own {@code execute} at the end of its chain, for one context. */
record ExecMethod(MethodHandle body, Object exec, HttpClientContext context, Abort abort) {

  private static final String REQUEST = "http.request";
  private static final String TARGET = "http.target_host";
  private static final String ROUTE = "http.route";

  /**
   * Sends.
   *
   * @param own the request that the context is left with
   * @param target where another base URL leads; null: to the client's own target
   */
  CloseableHttpResponse execute(
      HttpRoute route, HttpRequestWrapper sent, HttpRequestWrapper own, @Nullable HttpHost target)
      throws Throwable {
    Object targetBefore = context.getAttribute(TARGET);
    Object routeBefore = context.getAttribute(ROUTE);
    if (target != null) {
      context.setAttribute(TARGET, target);
    }
    try {
      return (CloseableHttpResponse) (Object) body.invoke(exec, route, sent, context, abort);
    } finally {
      context.setAttribute(REQUEST, own);
      if (target != null) {
        context.setAttribute(TARGET, targetBefore);
        context.setAttribute(ROUTE, routeBefore);
      }
    }
  }
}
