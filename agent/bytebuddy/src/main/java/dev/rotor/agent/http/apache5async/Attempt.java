package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.ForeignCredentialException;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One attempt, from the connection to the end of the answer. */
final class Attempt implements OwnCallback {

  private final AsyncSend exchange;
  private final HttpCall call;
  private final Above above;
  private final HttpRoute route;
  private final @Nullable AttemptBody requestBody;
  private final AtomicBoolean over = new AtomicBoolean();

  private volatile boolean sent;
  private volatile boolean untouched;
  private volatile boolean handedOn;
  private volatile @Nullable HeldAnswer held;
  private volatile @Nullable AnswerBody answerBody;
  private volatile boolean unwound;
  private volatile @Nullable Throwable fault;

  Attempt(
      AsyncSend exchange,
      HttpCall call,
      Above above,
      HttpRoute route,
      @Nullable AttemptBody requestBody) {
    this.exchange = exchange;
    this.call = call;
    this.above = above;
    this.route = route;
    this.requestBody = requestBody;
  }

  private boolean isOwnRoute() {
    return route.equals(above.scope().route);
  }

  /**
   * Sends what has come this far, with the key in it; unless it turns out to be none of ours. Then
   * it goes as it is, where the application itself sends it; else the attempt unwinds.
   */
  void send(
      RequestChannel channel, HttpRequest last, @Nullable EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    HttpRequest placed = Method.CONNECT.isSame(last.getMethod()) ? null : placed(last);
    sent = !Method.CONNECT.isSame(last.getMethod());
    if (placed == null) {
      channel.sendRequest(last, entity, context);
      return;
    }
    try {
      channel.sendRequest(placed, entity, context);
    } finally {
      // the context now shows what was sent
      ClientVersion.show(context, last);
      ClientVersion.show(above.scope().clientContext, last);
    }
  }

  private @Nullable HttpRequest placed(HttpRequest last) throws ProtocolException {
    try {
      ShownRequest shown = ShownRequest.of(last, requestBody, route.getTargetHost());
      if (shown != null && call.isOwnHop(shown.uri()) && call.isOwnHop(shown.addressee())) {
        return shown.edited(call.place(shown));
      }
      // the application's code has made it one to somebody else
      if (!isOwnRoute()) {
        throw unwind(null);
      }
      call.abandon();
    } catch (ForeignCredentialException foreign) {
      if (!isOwnRoute()) {
        throw unwind(foreign);
      }
      call.pass();
    } catch (RuntimeException | Error fault) {
      if (!isOwnRoute() || !exchange.isFirst(this)) {
        throw unwind(fault);
      }
      call.abandon();
      exchange.tell(fault);
    }
    untouched = true;
    return null;
  }

  /** Of the exceptions that end a message, this one does not end others on its connection. */
  private ProtocolException unwind(@Nullable Throwable reason) {
    unwound = true;
    fault = reason;
    return new ProtocolException("unwound before it was sent");
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    above.callback().handleInformationResponse(response);
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entity) throws HttpException, IOException {
    if (!sent && !untouched) {
      // a proxy's, which would not connect: it says nothing of the key
      call.abandon();
      untouched = true;
    }
    if (untouched) {
      return above.handle(response, entity);
    }
    if (call.holds(response.getCode())) {
      HeldAnswer answer = new HeldAnswer(this, response, entity);
      held = answer;
      return entity == null ? null : answer;
    }
    return pass(response, entity);
  }

  /** Hands an answer on as it comes. */
  @Nullable AsyncDataConsumer pass(HttpResponse response, @Nullable EntityDetails entity)
      throws HttpException, IOException {
    AnswerBody body = call.passed(response.getCode(), headers(response));
    answerBody = body;
    handedOn = true;
    if (entity == null) {
      body.end();
    }
    try {
      AsyncDataConsumer consumer = above.handle(response, entity);
      if (consumer == null) {
        body.end();
        return null;
      }
      return new WatchedBody(consumer, body);
    } catch (Throwable thrown) {
      body.failed(thrown);
      throw thrown;
    }
  }

  static Headers headers(HttpResponse response) {
    return Headers.of(
        name -> {
          Header header = response.getFirstHeader(name);
          return header == null ? null : header.getValue();
        },
        name -> response.getHeaders(name).length);
  }

  /** The message broke; what is known of its answer's body is told first. */
  void broke(Throwable cause) {
    AnswerBody body = answerBody;
    if (body != null) {
      body.failed(cause);
    }
  }

  /** Comes twice where an error is answered before the request is complete. */
  @Override
  public void completed() {
    if (!end()) {
      return;
    }
    HeldAnswer answer = held;
    if (untouched || handedOn || answer == null) {
      if (!isOwnRoute()) {
        // else a redirect would go on along it
        above.scope().execRuntime.releaseEndpoint();
      }
      above.completed();
    } else {
      exchange.answered(answer);
    }
  }

  @Override
  public void failed(Exception cause) {
    if (!end()) {
      return;
    }
    broke(cause);
    if (unwound) {
      exchange.unwound(fault);
    } else if (untouched || handedOn) {
      above.failed(cause);
    } else {
      exchange.failed(cause);
    }
  }

  private boolean end() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    if (requestBody != null) {
      requestBody.over();
    }
    return true;
  }
}
