package dev.rotor.runtime.config;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts an API's keys may be sent to: a name, or a wildcard ({@code *.openai.azure.com}, one
 * or more labels), either with a port. Without a port any port matches.
 */
public record HostPattern(String host, @Nullable Integer port) {
  static final int LAST_PORT = 65_535;
  private static final String WILDCARD = "*.";

  public HostPattern {
    host = host.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@code api.example.com}, {@code *.example.com}, {@code [::1]}, or any of these with a
   * port, {@code 127.0.0.1:8080}.
   *
   * @throws IllegalArgumentException when it is none; the message quotes the text and tells the
   *     form
   */
  public static HostPattern parse(String text) {
    if (text.indexOf('/') >= 0) {
      throw new MalformedTextException(
          text, "is not a host but a URL; write its host alone, such as `api.example.com`");
    }
    int colon = text.indexOf(':', text.lastIndexOf(']') + 1);
    String host = colon < 0 ? text : text.substring(0, colon);
    if (!isHost(host.startsWith(WILDCARD) ? host.substring(WILDCARD.length()) : host)) {
      throw new MalformedTextException(
          text, "is not a host; write `api.example.com`, `*.example.com` or `127.0.0.1:8080`");
    }
    return new HostPattern(host, colon < 0 ? null : port(text, text.substring(colon + 1)));
  }

  private static Integer port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new MalformedTextException(text, "has a bad port; it is a number from 1 to " + LAST_PORT);
  }

  private static boolean isHost(String host) {
    boolean address = host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0;
    String plain = address ? host.substring(1, host.length() - 1) : host;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      boolean fits =
          Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == (address ? ':' : '.');
      if (!fits && !(address && (c == '.' || c == '%'))) {
        return false;
      }
    }
    return !plain.isEmpty() && !plain.startsWith(".") && !plain.contains("..");
  }

  /** The host of a URL, with its port when the URL says one. */
  static HostPattern of(URI url) {
    return new HostPattern(url.getHost(), url.getPort() < 0 ? null : url.getPort());
  }

  /** Whether all that the other matches is matched by this. */
  boolean covers(HostPattern other) {
    if (port != null && !port.equals(other.port)) {
      return false;
    }
    return host.equals(other.host)
        || (host.startsWith(WILDCARD) && other.host.endsWith(host.substring(1)));
  }

  /** Whether some host may be matched by both. */
  public boolean overlaps(HostPattern other) {
    HostPattern anyPort = new HostPattern(host, null);
    HostPattern othersAnyPort = new HostPattern(other.host, null);
    return (port == null || other.port == null || port.equals(other.port))
        && (anyPort.covers(othersAnyPort) || othersAnyPort.covers(anyPort));
  }

  /**
   * Whether a request to this host and port is covered.
   *
   * @param candidatePort the effective port, never -1
   */
  public boolean matches(String candidate, int candidatePort) {
    if (port != null && port != candidatePort) {
      return false;
    }
    if (host.startsWith(WILDCARD)) {
      int suffix = host.length() - 1;
      return candidate.length() > suffix
          && candidate.regionMatches(true, candidate.length() - suffix, host, 1, suffix);
    }
    return host.equalsIgnoreCase(candidate);
  }

  // By hand: the methods that a record gets cost 10 ms when the first of them is linked.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostPattern that
        && host.equals(that.host)
        && Objects.equals(port, that.port);
  }

  @Override
  public int hashCode() {
    return host.hashCode() * 31 + (port == null ? 0 : port);
  }

  @Override
  public String toString() {
    return port == null ? host : host + ":" + port;
  }
}
