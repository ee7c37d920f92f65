package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.BlockingClient;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import dev.rotor.runtime.http.RequestEdit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.URI;
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

  OkHttpSend(Chain chain, ShownRequest request) {
    this.chain = chain;
    this.request = request;
  }

  @Override
  public Attempt<Response> prepare(HttpCall call) {
    RequestEdit edit = call.edit();
    Request edited = request.edited(edit);
    ShownResponses responses = new ShownResponses(request.request(), edited, edit);
    return () -> responses.show(chain.proceed(edited));
  }

  @Override
  public URI address(Response answer) {
    return HopInterceptor.origin(answer.request());
  }

  @Override
  public int status(Response answer) {
    return answer.code();
  }

  @Override
  public Headers headers(Response answer) {
    return answer::header;
  }

  /** What is read stays in the source's own buffer, where the application finds it. */
  @Override
  public byte @Nullable [] hold(Response answer) throws IOException {
    ResponseBody body = answer.body();
    if (body == null) {
      return new byte[0];
    }
    BufferedSource source = body.source();
    return source.request(HttpCall.MOST_HELD + 1L)
        ? null
        : source.getBuffer().clone().readByteArray();
  }

  @Override
  public Response handOn(Response answer, HttpCall call) {
    call.passed(status(answer), headers(answer)).end();
    return answer;
  }

  @Override
  public void drop(Response answer) {
    try {
      answer.close();
    } catch (RuntimeException broken) {
      // nobody will read it
    }
  }

  @Override
  public boolean isGivenUp(Throwable failure) {
    return chain.call().isCanceled()
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
            .body(ResponseBody.create(answer.body(), MediaType.get("application/json")));
    answer.headers().forEach(response::header);
    return response.build();
  }
}
