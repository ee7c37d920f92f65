package dev.rotor.agent.http.jdk;

import static java.util.Objects.requireNonNull;

import dev.rotor.agent.http.BlockingClient;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import dev.rotor.runtime.http.RequestEdit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One {@code send}. */
final class JdkSend<T> implements BlockingClient<Answer<T>> {

  private final HttpCall call;
  private final ClientMethod send;
  private final JdkRequest request;
  private final BodyHandler<T> handler;

  JdkSend(HttpCall call, ClientMethod send, JdkRequest request, BodyHandler<T> handler) {
    this.call = call;
    this.send = send;
    this.request = request;
    this.handler = handler;
  }

  @Override
  public Attempt<Answer<T>> prepare(HttpCall prepared) {
    RequestEdit edit = prepared.edit();
    HttpRequest edited = request.edited(edit);
    HeldHandler<T> holding = new HeldHandler<>(call, handler);
    return () ->
        Answer.of(new ShownResponse<>(send.send(edited, holding), request.own(), edit), holding);
  }

  @Override
  public URI address(Answer<T> answer) {
    return answer.response().uri();
  }

  @Override
  public int status(Answer<T> answer) {
    return answer.response().statusCode();
  }

  @Override
  public Headers headers(Answer<T> answer) {
    return HeldHandler.headers(answer.response().headers());
  }

  @Override
  public byte @Nullable [] hold(Answer<T> answer) {
    return answer.held();
  }

  /**
   * The application's handler has had it since its headers came; but not one that a redirect led to
   * somebody else, which was held before the client told where it came from.
   */
  @Override
  public Answer<T> handOn(Answer<T> answer, HttpCall handedOn) {
    if (answer.held() != null) {
      handedOn.passed(status(answer), headers(answer)).end();
    }
    return answer;
  }

  @Override
  public Answer<T> marked(Answer<T> answer, Map<String, String> headers) {
    return answer.with(headers);
  }

  @Override
  public void drop(Answer<T> answer) {
    // it lies in memory
  }

  @Override
  public boolean isGivenUp(Throwable failure) {
    return failure instanceof InterruptedException || failure instanceof CancellationException;
  }

  @Override
  public Answer<T> refused(RefusedAnswer answer) {
    return RefusedResponse.answer(request.own(), answer);
  }

  /** The answer for the application. Interrupted while it waited for a key, it is told so. */
  HttpResponse<T> open(Answer<T> answer) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return answer.open(handler).get();
    } catch (ExecutionException failed) {
      Throwable cause = requireNonNull(failed.getCause());
      throw new IOException(cause.getMessage(), cause);
    }
  }
}
