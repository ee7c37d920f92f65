package dev.rotor.agent.http.jdk;

import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A response with headers of Rotor's own besides the provider's. */
final class MarkedResponse<T> extends ForwardingResponse<T> {

  private final HttpHeaders headers;

  MarkedResponse(HttpResponse<T> response, HttpHeaders headers) {
    super(response);
    this.headers = headers;
  }

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
  public HttpHeaders headers() {
    return headers;
  }
}
