package dev.rotor.agent.http.okhttp;

import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Responses from a key's own base URL, as if they had come from where the application sent to. */
final class ShownResponses {

  private final Request own;
  private final Request sent;

  /**
   * For the responses of one attempt.
   *
   * @param own the application's request
   * @param sent the same to the key's base URL
   */
  ShownResponses(Request own, Request sent) {
    this.own = own;
    this.sent = sent;
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
    return response == null ? null : show(response);
  }

  private Request restored(Request request) {
    if (request == sent) {
      return own;
    }
    if (!request.url().equals(sent.url())) {
      return request;
    }
    Request.Builder builder = request.newBuilder().url(own.url());
    if (request.header("Host") != null) {
      String host = own.header("Host");
      builder.header("Host", host == null ? host(own.url()) : host);
    }
    return builder.build();
  }

  private static String host(HttpUrl url) {
    return url.port() == HttpUrl.defaultPort(url.scheme())
        ? Hops.host(url)
        : Hops.host(url) + ":" + url.port();
  }
}
