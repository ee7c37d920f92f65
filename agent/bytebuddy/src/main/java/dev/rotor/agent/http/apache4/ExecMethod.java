package dev.rotor.agent.http.apache4;

import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.jspecify.annotations.Nullable;

/** The client's own {@code execute} at the end of its chain, for one context. */
record ExecMethod(ClientExecChain exec, HttpClientContext context, Abort abort, Tunnel tunnel) {

  /**
   * What was sent.
   *
   * @param unsent whether a proxy answered, which would not let the request through
   */
  record Sent(CloseableHttpResponse response, boolean unsent) {}

  private static final String REQUEST = "http.request";
  private static final String TARGET = "http.target_host";
  private static final String ROUTE = "http.route";

  /**
   * Sends.
   *
   * @param own the request that the context is left with
   * @param target where another base URL leads; null: to the client's own target
   */
  Sent execute(
      HttpRoute route, HttpRequestWrapper sent, HttpRequestWrapper own, @Nullable HttpHost target)
      throws IOException, HttpException {
    Object targetBefore = context.getAttribute(TARGET);
    Object routeBefore = context.getAttribute(ROUTE);
    if (target != null) {
      context.setAttribute(TARGET, target);
    }
    try {
      return new Sent(
          exec.execute(route, sent, AttemptContext.of(context, sent, own), abort),
          tunnel.isAskedFor());
    } finally {
      context.setAttribute(REQUEST, own);
      if (target != null) {
        context.setAttribute(TARGET, targetBefore);
        context.setAttribute(ROUTE, routeBefore);
      }
    }
  }
}
