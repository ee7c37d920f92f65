package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.RequestEdit;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One request of the client's within an attempt.
 *
 * @param address where it goes; null: it cannot be read
 * @param isFirst whether it is the application's own request, and no redirect's
 */
record Hop(@Nullable URI address, boolean isFirst) {

  /** Null: it cannot be read. */
  static @Nullable URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  /** Where its answer comes from; for an address that cannot be read, from nobody we know. */
  URI origin(URI target) {
    return address != null ? address : URI.create(target.getScheme() + ":unreadable");
  }

  /**
   * A copy of the request with what is placed in it; the client's own, which the application can
   * look at, stays as it is.
   *
   * @param headers the application's
   * @param elsewhere whether it goes to another host than the application's own
   */
  HttpRequest edited(
      HttpRequest written, HttpHeaders headers, RequestEdit edit, boolean elsewhere) {
    HttpHeaders edited = headers.copy();
    edit.remove().forEach(edited::remove);
    edit.set().forEach(edited::set);
    if (elsewhere) {
      edited.set(HttpHeaderNames.HOST, authority(edit.uri()));
    }
    String uri = edit.uri().equals(address) ? written.uri() : pathAndQuery(edit.uri());
    return Messages.copy(written, uri, edited, true);
  }

  private static String authority(URI uri) {
    int port = uri.getPort();
    boolean shown = port >= 0 && port != ("https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80);
    return shown ? uri.getHost() + ":" + port : uri.getHost();
  }

  private static String pathAndQuery(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
