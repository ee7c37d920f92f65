package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.BlockingClient;
import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Map;
import okhttp3.Interceptor.Chain;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One request on its way down the chain. */
final class OkHttpSend implements BlockingClient<Response> {

  private final Chain chain;
  private final ShownRequest request;
  private final Hops hops;
  private final RunningCalls calls;
  private boolean attempted;
  private boolean handedOn;
  private @Nullable Response held;
  private byte @Nullable [] heldBody;
  private @Nullable Response dropped;
  private @Nullable Response own;
  private @Nullable IOException ownFailure;

  OkHttpSend(Chain chain, ShownRequest request, Hops hops, RunningCalls calls) {
    this.chain = chain;
    this.request = request;
    this.hops = hops;
    this.calls = calls;
  }

  @Override
  public Attempt<Response> prepare(HttpCall call) {
    Request towards = request.towards(call.target());
    boolean elsewhere = towards != request.request();
    hops.attempt(call, request, elsewhere, attempted);
    attempted = true;
    return () -> send(towards, elsewhere);
  }

  private Response send(Request towards, boolean elsewhere) throws Exception {
    Exception untouched;
    try {
      Response response = RefusedKey.told(chain.proceed(towards));
      if (elsewhere) {
        response = new ShownResponses(request.request(), towards).show(response);
      }
      untouched = hops.untouched();
      if (untouched == null && response.networkResponse() == null) {
        untouched = new NotSentException();
      }
      if (untouched == null) {
        return response;
      }
      own = response;
    } catch (IOException failure) {
      untouched = hops.untouched();
      if (untouched == null) {
        throw failure;
      }
      ownFailure = elsewhere ? null : failure;
    }
    throw untouched;
  }

  /** What the application's own request has come to, or comes to now. */
  Response own() throws IOException {
    if (ownFailure != null) {
      throw ownFailure;
    }
    return own != null ? own : chain.proceed(request.request());
  }

  @Override
  public URI address(Response answer) {
    return hops.origin(answer.request());
  }

  @Override
  public int status(Response answer) {
    return answer.code();
  }

  @Override
  public Headers headers(Response answer) {
    // Response.header is the last one
    return Headers.of(answer.headers()::values);
  }

  /** What is read stays in the source's own buffer, where the application finds it. */
  @Override
  public byte @Nullable [] hold(Response answer) throws IOException {
    ResponseBody body = answer.body();
    if (body == null) {
      return new byte[0];
    }
    BufferedSource source = body.source();
    if (source.request(HttpCall.MOST_HELD + 1L)) {
      return null;
    }
    byte[] content = source.getBuffer().clone().readByteArray();
    held = answer;
    heldBody = content;
    return content;
  }

  @Override
  public Response handOn(Response answer, HttpCall call) {
    AnswerBody watch = call.passed(status(answer), headers(answer));
    ResponseBody body = answer.body();
    if (body == null || !WatchedBody.isOf(answer, body)) {
      watch.end();
      return answer;
    }
    handedOn = true;
    Runnable ended = calls.end(chain.call(), call);
    return answer.newBuilder().body(new WatchedBody(body, watch, ended)).build();
  }

  /** Whether its answer is on its way to the application. */
  boolean isHandedOn() {
    return handedOn;
  }

  @Override
  public Response marked(Response answer, Map<String, String> headers) {
    Response whole = answer == dropped ? reopened(answer) : answer;
    if (headers.isEmpty()) {
      return whole;
    }
    Response.Builder marked = whole.newBuilder();
    headers.forEach(marked::header);
    return marked.build();
  }

  /** It was dropped for an attempt that could not be sent. */
  private Response reopened(Response answer) {
    ResponseBody body = answer.body();
    byte[] content = heldBody;
    return body == null || content == null
        ? answer
        : answer.newBuilder().body(ResponseBody.create(body.contentType(), content)).build();
  }

  @Override
  public void drop(Response answer) {
    if (answer == held) {
      dropped = answer;
    }
    try {
      answer.close();
    } catch (RuntimeException broken) {
      // nobody will read it
    }
  }

  @Override
  public boolean isGivenUp(Throwable failure) {
    return chain.call().isCanceled()
        || failure instanceof NotSentException
        || failure.getClass() == InterruptedIOException.class
        || (failure instanceof ProtocolException
            && String.valueOf(failure.getMessage()).startsWith("Too many follow-up requests"));
  }

  @Override
  public Response refused(RefusedAnswer answer) throws IOException {
    if (chain.call().isCanceled()) {
      throw new IOException("Canceled");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while it waited for a key");
    }
    Response.Builder response =
        new Response.Builder()
            .request(request.request())
            .protocol(Protocol.HTTP_1_1)
            .code(RefusedAnswer.STATUS)
            .message("Too Many Requests")
            .body(ResponseBody.create(MediaType.get("application/json"), answer.body()));
    answer.headers().forEach(response::header);
    return response.build();
  }
}
