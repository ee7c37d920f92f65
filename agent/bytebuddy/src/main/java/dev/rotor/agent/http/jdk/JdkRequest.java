package dev.rotor.agent.http.jdk;

import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.Request;
import dev.rotor.runtime.http.RequestEdit;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import org.jspecify.annotations.Nullable;

/** The application's request as the engine sees it. Used by one thread at a time. */
final class JdkRequest implements Request {

  private final HttpRequest request;
  private final @Nullable BodyPublisher body;
  private @Nullable RecordedPublisher recorded;

  JdkRequest(HttpRequest request) {
    this.request = request;
    this.body = request.bodyPublisher().orElse(null);
  }

  /** As the application made it. */
  HttpRequest own() {
    return request;
  }

  @Override
  public @Nullable String first(String name) {
    return HeldHandler.first(request.headers().map(), name);
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  /** A body that is not known to come again is recorded, unless it is said to be too long. */
  @Override
  public boolean isReplayable() {
    if (body == null || Publishers.isReplayable(body)) {
      return true;
    }
    if (recorded == null && body.contentLength() <= HttpCall.MOST_RECORDED) {
      recorded = new RecordedPublisher(body, HttpCall.MOST_RECORDED);
    }
    return recorded != null && recorded.isReplayable();
  }

  @Override
  public byte @Nullable [] body(int limit) {
    return body == null ? null : Publishers.content(body, limit);
  }

  /** The request of one attempt. */
  HttpRequest edited(RequestEdit edit) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request, (name, value) -> !edit.replaces(name));
    if (!edit.uri().equals(request.uri())) {
      builder.uri(edit.uri());
    }
    edit.set().forEach(builder::setHeader);
    if (recorded != null) {
      builder.method(request.method(), recorded);
    }
    return builder.build();
  }

  /** A redirect's request as the application would have seen it: with what it sent itself. */
  static HttpRequest restored(HttpRequest hop, HttpRequest own, RequestEdit edit) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(hop, (name, value) -> !edit.replaces(name));
    own.headers()
        .map()
        .forEach(
            (name, values) -> {
              if (edit.replaces(name) && hop.headers().firstValue(name).isPresent()) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return builder.build();
  }
}
