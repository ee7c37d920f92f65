package dev.rotor.agent.http.okhttp;

import dev.rotor.runtime.http.RequestEdit;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Responses as the application would have got them without Rotor: nothing that was placed shows.
 */
final class ShownResponses {

  private final Request own;
  private final Request sent;
  private final RequestEdit edit;

  /**
   * For the responses of one attempt.
   *
   * @param own the application's request
   * @param sent the one with the key
   */
  ShownResponses(Request own, Request sent, RequestEdit edit) {
    this.own = own;
    this.sent = sent;
    this.edit = edit;
  }

  Response show(Response response) {
    return response
        .newBuilder()
        .request(restored(response.request()))
        .networkResponse(shown(response.networkResponse()))
        .cacheResponse(shown(response.cacheResponse()))
        .priorResponse(shown(response.priorResponse()))
        .build();
  }

  private @Nullable Response shown(@Nullable Response response) {
    if (response == null) {
      return null;
    }
    return response
        .newBuilder()
        .request(restored(response.request()))
        .networkResponse(shown(response.networkResponse()))
        .cacheResponse(shown(response.cacheResponse()))
        .priorResponse(shown(response.priorResponse()))
        .build();
  }

  private Request restored(Request request) {
    if (request == sent) {
      return own;
    }
    Request.Builder builder = request.newBuilder();
    if (request.url().equals(sent.url())) {
      builder.url(own.url());
    }
    for (String name : request.headers().names()) {
      if (edit.replaces(name)) {
        builder.removeHeader(name);
        own.headers(name).forEach(value -> builder.addHeader(name, value));
      }
    }
    return builder.build();
  }
}
