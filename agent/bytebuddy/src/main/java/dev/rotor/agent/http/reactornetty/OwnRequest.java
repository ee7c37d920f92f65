package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.Request;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientConfig;

/**
 * The application's request as far as it is known when it is subscribed to. What its {@code send}
 * callback adds comes later: {@link RecordedRequest}.
 */
record OwnRequest(String method, URI uri, HttpHeaders headers, RecordedRequest recorded)
    implements Request {

  // a query may hold an address, too
  private static final Pattern NAMES_SCHEME = Pattern.compile("\\w+://");

  /** Null: its address is none that the engine could read. */
  static @Nullable OwnRequest of(HttpClientConfig config, HttpHeaders headers) {
    URI uri = uri(config);
    return uri == null || uri.getHost() == null
        ? null
        : new OwnRequest(config.method().name(), uri, headers, new RecordedRequest());
  }

  /** As the client puts it together. */
  private static @Nullable URI uri(HttpClientConfig config) {
    String text = config.uri() == null ? "/" : config.uri();
    String base = config.baseUrl();
    if (base != null && text.startsWith("/")) {
      text = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + text;
    }
    String scheme = config.isSecure() ? "https" : "http";
    try {
      if (text.startsWith("/")) {
        SocketAddress address = config.remoteAddress().get();
        return address instanceof InetSocketAddress inet
            ? URI.create(scheme + "://" + host(inet.getHostString()) + ":" + inet.getPort() + text)
            : null;
      }
      URI uri = URI.create(NAMES_SCHEME.matcher(text).lookingAt() ? text : scheme + "://" + text);
      String named = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return named.equals("http") || named.equals("https") ? uri : null;
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static String host(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  @Override
  public @Nullable String first(String name) {
    return headers.get(name);
  }

  boolean namesHost() {
    return headers.contains(HttpHeaderNames.HOST);
  }

  /** Whether nothing of it has been sent yet, or all of it is at hand. */
  @Override
  public boolean isReplayable() {
    return recorded.isReplayable();
  }

  @Override
  public byte @Nullable [] body(int limit) {
    byte[] body = recorded.isWhole() ? recorded.body() : null;
    return body == null || body.length > limit ? null : body;
  }

  boolean mayHaveBody() {
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE" -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return method + " " + uri.getHost();
  }
}
