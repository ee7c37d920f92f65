package dev.rotor.agent.http.jdk;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/** A response with headers of Rotor's own besides the provider's. */
record MarkedResponse<T>(HttpResponse<T> response, HttpHeaders headers) implements HttpResponse<T> {

  static HttpHeaders headers(HttpHeaders own, Map<String, String> more) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(own.map());
    more.forEach((name, value) -> all.put(name, List.of(value)));
    return HttpHeaders.of(all, (name, value) -> true);
  }

  /** The same for what a body handler is shown. */
  record Info(ResponseInfo info, HttpHeaders headers) implements ResponseInfo {
    @Override
    public int statusCode() {
      return info.statusCode();
    }

    @Override
    public Version version() {
      return info.version();
    }
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public HttpRequest request() {
    return response.request();
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return response.previousResponse();
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
    return response.uri();
  }

  @Override
  public Version version() {
    return response.version();
  }

  @Override
  public String toString() {
    return response.toString();
  }
}
