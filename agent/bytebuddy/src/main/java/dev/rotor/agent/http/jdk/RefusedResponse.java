package dev.rotor.agent.http.jdk;

import dev.rotor.runtime.http.RefusedAnswer;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.NullUnmarked;

/** Rotor's own answer; its body comes of the application's handler. */
record RefusedResponse<T>(HttpRequest request, HttpHeaders headers)
    implements HttpResponse<T>, ResponseInfo {

  static <T> Answer<T> answer(HttpRequest request, RefusedAnswer refused) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    refused.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    RefusedResponse<T> response =
        new RefusedResponse<>(request, HttpHeaders.of(headers, (name, value) -> true));
    return new Answer<>(response, response, refused.body());
  }

  @Override
  public int statusCode() {
    return RefusedAnswer.STATUS;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.empty();
  }

  @Override
  @NullUnmarked
  public T body() {
    return null;
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public String toString() {
    return "(" + request.method() + " " + uri() + ") " + statusCode();
  }
}
