package dev.rotor.agent.http.jdk;

import dev.rotor.runtime.http.RequestEdit;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * A response as the application would have got it without Rotor: with its own request, and without
 * what was placed in that.
 *
 * @param own the application's request
 */
record ShownResponse<T>(HttpResponse<T> response, HttpRequest own, RequestEdit edit)
    implements HttpResponse<T> {

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public HttpRequest request() {
    HttpRequest sent = response.request();
    return sent.uri().equals(edit.uri()) ? own : JdkRequest.restored(sent, own, edit);
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return response.previousResponse().map(before -> new ShownResponse<>(before, own, edit));
  }

  @Override
  public HttpHeaders headers() {
    return response.headers();
  }

  @Override
  public T body() {
    return response.body();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return response.sslSession();
  }

  @Override
  public URI uri() {
    return response.uri().equals(edit.uri()) ? own.uri() : response.uri();
  }

  @Override
  public Version version() {
    return response.version();
  }

  @Override
  public String toString() {
    return "(" + request().method() + " " + uri() + ") " + statusCode();
  }
}
