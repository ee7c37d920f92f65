package dev.rotor.samples.stub;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it stood on the wire. */
final class HttpRequest {
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  /**
   * @param target path and query, or an absolute URL
   * @param headers with names that are looked up without regard to case
   */
  HttpRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {
    String local = target.replaceFirst("^https?://[^/?]*", "");
    int mark = local.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? local : local.substring(0, mark);
    this.query = mark < 0 ? "" : local.substring(mark + 1);
    this.headers = headers;
    this.body = body;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  String query() {
    return query;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  /** The decoded value of a query parameter. */
  @Nullable String parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  /** The credential, wherever one of the usual clients puts it. */
  @Nullable String secret() {
    String authorization = header("authorization");
    if (authorization != null) {
      return authorization.substring(authorization.indexOf(' ') + 1).strip();
    }
    for (String name : List.of("x-api-key", "api-key", "x-goog-api-key")) {
      String value = header(name);
      if (value != null) {
        return value.strip();
      }
    }
    return parameter("key");
  }

  boolean keepsAlive() {
    return !"close".equalsIgnoreCase(header("connection"));
  }
}
