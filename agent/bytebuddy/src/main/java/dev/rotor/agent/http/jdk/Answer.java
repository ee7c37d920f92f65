package dev.rotor.agent.http.jdk;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An answer that may be the application's. */
final class Answer<T> {

  private final HttpResponse<T> response;
  private final ResponseInfo info;
  private final byte @Nullable [] held;

  /**
   * Puts an answer together.
   *
   * @param response as the application is to see it, but for a body that is held
   * @param info what its handler is shown
   * @param held the body; null: the application's handler has it already
   */
  Answer(HttpResponse<T> response, ResponseInfo info, byte @Nullable [] held) {
    this.response = response;
    this.info = info;
    this.held = held;
  }

  static <T> Answer<T> of(HttpResponse<T> response, HeldHandler<T> handler) {
    return new Answer<>(response, handler.info(), handler.held());
  }

  /** The same with more headers. */
  Answer<T> with(Map<String, String> headers) {
    return headers.isEmpty() || held == null
        ? this
        : new Answer<>(
            new MarkedResponse<>(response, MarkedResponse.headers(response.headers(), headers)),
            new MarkedResponse.Info(info, MarkedResponse.headers(info.headers(), headers)),
            held);
  }

  HttpResponse<T> response() {
    return response;
  }

  byte @Nullable [] held() {
    return held;
  }

  /** The final answer, after the application's handler. */
  CompletableFuture<HttpResponse<T>> open(BodyHandler<T> handler) {
    byte[] body = held;
    if (body == null) {
      return CompletableFuture.completedFuture(response);
    }
    return BodyFeed.whole(handler, info, body)
        .thenApply(value -> new OpenedResponse<>(response, value));
  }
}
