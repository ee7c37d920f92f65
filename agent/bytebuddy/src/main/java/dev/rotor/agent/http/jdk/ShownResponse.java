package dev.rotor.agent.http.jdk;

import dev.rotor.runtime.http.RequestEdit;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * A response as the application would have got it without Rotor: with its own request, and without
 * what was placed in that.
 */
final class ShownResponse<T> extends ForwardingResponse<T> {

  private final HttpRequest own;
  private final RequestEdit edit;

  /**
   * Shows a response.
   *
   * @param own the application's request
   * @param edit what was placed in it
   */
  ShownResponse(HttpResponse<T> response, HttpRequest own, RequestEdit edit) {
    super(response);
    this.own = own;
    this.edit = edit;
  }

  @Override
  public HttpRequest request() {
    HttpRequest sent = super.request();
    return sent.uri().equals(edit.uri()) ? own : JdkRequest.restored(sent, own, edit);
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return super.previousResponse().map(before -> new ShownResponse<>(before, own, edit));
  }

  @Override
  public URI uri() {
    return super.uri().equals(edit.uri()) ? own.uri() : super.uri();
  }
}
