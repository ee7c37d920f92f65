package dev.rotor.agent.http.apache4;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.concurrent.Cancellable;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.jspecify.annotations.Nullable;

/** Between the application's request, which it may abort on whatever thread, and the client. */
final class Abort implements HttpExecutionAware {

  private final HttpCall call;
  private final @Nullable HttpExecutionAware request;
  private final Tunnel tunnel;
  private volatile @Nullable AnswerBody body;

  Abort(HttpCall call, @Nullable HttpExecutionAware request, Tunnel tunnel) {
    this.call = call;
    this.request = request;
    this.tunnel = tunnel;
  }

  /** From here on an abort ends the exchange. */
  void install() {
    setCancellable(() -> false);
  }

  /** The client asks before each step on its way. */
  @Override
  public boolean isAborted() {
    tunnel.passed();
    return isCancelled();
  }

  boolean isCancelled() {
    return request != null && request.isAborted();
  }

  @Override
  public void setCancellable(Cancellable connection) {
    if (request != null) {
      request.setCancellable(() -> cancel(connection));
    }
  }

  private boolean cancel(Cancellable connection) {
    call.cancel();
    AnswerBody read = body;
    if (read != null) {
      read.close();
    }
    return connection.cancel();
  }

  /** The application has the answer and reads its body. */
  void reads(AnswerBody answer) {
    body = answer;
    if (isCancelled()) {
      answer.close();
    }
  }

  /** The answer for the application, unless it has given the request up meanwhile. */
  CloseableHttpResponse unlessAborted(CloseableHttpResponse response) throws IOException {
    if (isCancelled()) {
      response.close();
      throw new RequestAbortedException("Request aborted");
    }
    return response;
  }
}
