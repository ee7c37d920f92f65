package dev.rotor.agent.http.jdk;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body handler of one attempt: gives an answer to the application's handler at once, unless it
 * may be rotated; then it is held.
 */
final class HeldHandler<T> implements BodyHandler<T> {

  private final HttpCall call;
  private final BodyHandler<T> application;
  private volatile @Nullable HeldBody<T> held;
  private volatile @Nullable ResponseInfo info;
  private volatile boolean handedOn;

  HeldHandler(HttpCall call, BodyHandler<T> application) {
    this.call = call;
    this.application = application;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo answer) {
    info = answer;
    if (call.holds(answer.statusCode())) {
      HeldBody<T> body = new HeldBody<>(() -> handOn(answer));
      held = body;
      return body;
    }
    return handOn(answer);
  }

  private BodySubscriber<T> handOn(ResponseInfo answer) {
    AnswerBody body = call.passed(answer.statusCode(), headers(answer.headers()));
    handedOn = true;
    try {
      return new WatchedBody<>(application.apply(answer), body);
    } catch (Throwable thrown) {
      body.failed(thrown);
      throw thrown;
    }
  }

  /** The body of an answer that was read and that the application's handler has not seen. */
  byte @Nullable [] held() {
    HeldBody<T> body = held;
    return body == null ? null : body.bytes();
  }

  /** Whether the application's handler has the answer. */
  boolean isHandedOn() {
    return handedOn;
  }

  ResponseInfo info() {
    return requireNonNull(info);
  }

  /** As {@code HttpHeaders.firstValue}, without its stream. */
  static @Nullable String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  static Headers headers(HttpHeaders headers) {
    Map<String, List<String>> all = headers.map();
    return Headers.of(name -> first(all, name), name -> all.getOrDefault(name, List.of()).size());
  }
}
