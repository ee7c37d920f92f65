package dev.rotor.agent.http.jdk;

import java.net.http.HttpResponse;

/** A response that was held, with what the application's handler has made of its body. */
final class OpenedResponse<T> extends ForwardingResponse<T> {

  private final T body;

  OpenedResponse(HttpResponse<T> response, T body) {
    super(response);
    this.body = body;
  }

  @Override
  public T body() {
    return body;
  }
}
