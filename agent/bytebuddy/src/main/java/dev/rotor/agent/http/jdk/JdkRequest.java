package dev.rotor.agent.http.jdk;

import dev.rotor.runtime.http.Request;
import dev.rotor.runtime.http.RequestEdit;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import org.jspecify.annotations.Nullable;

/** The application's request as the engine sees it. */
record JdkRequest(HttpRequest request) implements Request {

  @Override
  public @Nullable String first(String name) {
    return request.headers().firstValue(name).orElse(null);
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public boolean isReplayable() {
    BodyPublisher publisher = request.bodyPublisher().orElse(null);
    return publisher == null || Publishers.isReplayable(publisher);
  }

  @Override
  public byte @Nullable [] body(int limit) {
    BodyPublisher publisher = request.bodyPublisher().orElse(null);
    return publisher == null ? null : Publishers.content(publisher, limit);
  }

  /** The request of one attempt. */
  static HttpRequest edited(HttpRequest request, RequestEdit edit) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request, (name, value) -> !edit.replaces(name));
    if (!edit.uri().equals(request.uri())) {
      builder.uri(edit.uri());
    }
    edit.set().forEach(builder::setHeader);
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
