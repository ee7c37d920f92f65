package dev.rotor.runtime.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends a request to another key's base URL (DESIGN section 6, {@code base-url}). */
public final class BaseUrl {
  private BaseUrl() {}

  /**
   * Replaces the API's base URL, with which a request starts, by the key's: scheme, host, port and
   * path. What follows, query and fragment included, stays byte for byte.
   *
   * <p>A request that is already under the key's base URL comes back as it is. Where the API's base
   * URL is not known, or the request is not under it, the key's scheme, host and port are taken and
   * the path is kept, with the key's path in front unless it starts with that already or belongs to
   * another part of the API.
   *
   * @param apiBase the API's base URL; null: not known
   */
  public static URI rebase(URI request, @Nullable URI apiBase, URI keyBase) {
    String target = path(keyBase);
    String asked = rawPath(request);
    if (sameOrigin(request, keyBase) && isUnder(asked, target)) {
      return request;
    }
    String path;
    if (apiBase != null && isUnder(asked, path(apiBase))) {
      path = target + asked.substring(path(apiBase).length());
    } else if (apiBase != null || isUnder(asked, target)) {
      path = asked;
    } else {
      path = target + asked;
    }
    return withPath(request, keyBase, path);
  }

  /** The request's query and fragment at another place. */
  static URI withPath(URI request, URI place, String path) {
    StringBuilder text = new StringBuilder();
    text.append(place.getScheme()).append("://").append(place.getRawAuthority()).append(path);
    if (request.getRawQuery() != null) {
      text.append('?').append(request.getRawQuery());
    }
    if (request.getRawFragment() != null) {
      text.append('#').append(request.getRawFragment());
    }
    return URI.create(text.toString());
  }

  private static boolean isUnder(String path, String base) {
    return path.startsWith(base)
        && (path.length() == base.length() || path.charAt(base.length()) == '/');
  }

  /** Without the slash at its end. */
  private static String path(URI base) {
    String path = rawPath(base);
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String rawPath(URI address) {
    String path = address.getRawPath();
    return path == null ? "" : path;
  }

  static boolean sameOrigin(URI one, URI other) {
    return one.getScheme() != null
        && one.getScheme().equalsIgnoreCase(other.getScheme())
        && authority(one).equals(authority(other));
  }

  private static String authority(URI address) {
    String host = address.getHost();
    if (host == null) {
      return String.valueOf(address.getRawAuthority());
    }
    int port = address.getPort();
    if (port < 0) {
      port = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }
}
