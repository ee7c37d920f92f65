package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.BlockingClient;
import dev.rotor.agent.http.WatchedStream;
import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.TunnelRefusedException;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** One hop of a request. */
final class ClassicSend implements BlockingClient<ClassicSend.Answer> {

  /**
   * An answer.
   *
   * @param address where it came from
   * @param unsent whether a proxy gave it, which would not let the request through
   */
  record Answer(ClassicHttpResponse response, URI address, boolean unsent) {}

  private final HttpCall call;
  private final Trail trail;
  private final ConnectMethod connect;
  private final ShownRequest shown;
  private final Scope scope;
  private final ExecRuntime runtime;
  private final Abort abort;

  ClassicSend(HttpCall call, Trail trail, ConnectMethod connect, ShownRequest shown, Scope scope) {
    this.call = call;
    this.trail = trail;
    this.connect = connect;
    this.shown = shown;
    this.scope = scope;
    this.runtime = scope.execRuntime;
    this.abort = new Abort(call, scope);
  }

  /** From here on the application can cancel. */
  void begin() {
    abort.install();
  }

  @Override
  public Attempt<Answer> prepare(HttpCall prepared) {
    URI target = prepared.target();
    HttpRoute route = Destination.route(scope.route, target);
    ClassicHttpRequest request =
        shown.towards(target, route.getProxyHost() != null && !route.isTunnelled());
    PlacingRuntime placing = new PlacingRuntime(runtime, call, route, abort);
    Scope attempt =
        new Scope(scope.exchangeId, route, scope.originalRequest, placing, scope.clientContext);
    return () -> {
      if (!route.equals(scope.route) && runtime.isEndpointAcquired()) {
        runtime.discardEndpoint();
      }
      trail.to(target);
      try {
        ClassicHttpResponse response = connect.execute(request, attempt);
        return new Answer(response, target, !placing.isSent());
      } catch (PlacingRuntime.NotPlacedException unsent) {
        throw unsent.fault();
      }
    };
  }

  @Override
  public boolean isUnsent(Answer answer) {
    return answer.unsent();
  }

  @Override
  public URI address(Answer answer) {
    return answer.address();
  }

  @Override
  public int status(Answer answer) {
    return answer.response().getCode();
  }

  @Override
  public Headers headers(Answer answer) {
    return Headers.of(
        name -> {
          Header header = answer.response().getFirstHeader(name);
          return header == null ? null : header.getValue();
        },
        name -> answer.response().getHeaders(name).length);
  }

  /** A proxy's wish for credentials is for the client, which needs the connection. */
  @Override
  public byte @Nullable [] hold(Answer answer) throws IOException {
    ClassicHttpResponse response = answer.response();
    if (response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
      return null;
    }
    HttpEntity entity = response.getEntity();
    InputStream content = entity == null ? null : entity.getContent();
    if (entity == null || content == null) {
      return new byte[0];
    }
    byte[] bytes = content.readNBytes(HttpCall.MOST_HELD + 1);
    if (bytes.length > HttpCall.MOST_HELD) {
      response.setEntity(
          new StreamEntity(
              entity, new SequenceInputStream(new ByteArrayInputStream(bytes), content)));
      return null;
    }
    content.close();
    runtime.releaseEndpoint();
    response.setEntity(new HeldEntity(entity, bytes));
    return bytes;
  }

  @Override
  public Answer handOn(Answer answer, HttpCall handedOn) throws IOException {
    AnswerBody body = handedOn.passed(status(answer), headers(answer));
    HttpEntity entity = answer.response().getEntity();
    InputStream content = entity == null ? null : entity.getContent();
    if (entity == null || content == null) {
      body.end();
      return answer;
    }
    abort.reads(body);
    answer
        .response()
        .setEntity(
            new StreamEntity(entity, new WatchedStream(content, body, entity.getContentLength())));
    return answer;
  }

  @Override
  public Answer marked(Answer answer, Map<String, String> headers) {
    headers.forEach(answer.response()::setHeader);
    return answer;
  }

  /** A held one lies in memory, and what it would close may by now serve the next attempt. */
  @Override
  public void drop(Answer answer) {
    if (answer.response().getEntity() instanceof HeldEntity) {
      return;
    }
    try {
      answer.response().close();
    } catch (IOException broken) {
      // nobody will read it
    }
  }

  @Override
  public boolean isGivenUp(Throwable failure) {
    return runtime.isExecutionAborted()
        || failure instanceof RequestFailedException
        || failure instanceof ConnectionRequestTimeoutException
        || isRefusedTunnel(failure)
        || failure.getClass() == InterruptedIOException.class;
  }

  /** Before 5.4; later ones hand the proxy's answer on. */
  @SuppressWarnings("deprecation")
  private static boolean isRefusedTunnel(Throwable failure) {
    return failure instanceof TunnelRefusedException;
  }

  @Override
  public Answer refused(RefusedAnswer answer) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while it waited for a key");
    }
    BasicClassicHttpResponse response =
        new BasicClassicHttpResponse(RefusedAnswer.STATUS, "Too Many Requests");
    answer.headers().forEach(response::setHeader);
    response.setEntity(new ByteArrayEntity(answer.body(), ContentType.APPLICATION_JSON));
    return new Answer(response, shown.uri(), false);
  }

  /** The answer for the application, unless it has given the request up meanwhile. */
  ClassicHttpResponse unlessAborted(ClassicHttpResponse response) throws IOException {
    if (runtime.isExecutionAborted()) {
      response.close();
      throw new RequestFailedException("Request aborted");
    }
    return response;
  }
}
