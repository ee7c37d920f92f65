package dev.rotor.agent.http.apache5;

import java.net.URI;
import java.util.Locale;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;

/** Where a connection leads: from the client's routes to addresses, and back. */
final class Destination {

  private Destination() {}

  /** The address of a route's target, without a path. */
  static URI origin(HttpRoute route) {
    HttpHost target = route.getTargetHost();
    String host = target.getHostName();
    int port = target.getPort();
    return URI.create(
        target.getSchemeName()
            + "://"
            + (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]")
            + (port < 0 || port == defaultPort(target.getSchemeName()) ? "" : ":" + port));
  }

  static boolean isSame(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  /** The way to an address: through the same proxy as the client's own route, if any. */
  static HttpRoute route(HttpRoute own, URI address) {
    if (isSame(origin(own), address)) {
      return own;
    }
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    HttpHost target = new HttpHost(scheme, name(address), port(address));
    boolean secure = scheme.equals("https");
    HttpHost proxy = own.getProxyHost();
    return proxy == null
        ? new HttpRoute(target, own.getLocalAddress(), secure)
        : new HttpRoute(target, own.getLocalAddress(), proxy, secure);
  }

  /** The host, an IPv6 address without its brackets. */
  static String name(URI address) {
    String host = address.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(URI address) {
    return address.getPort() >= 0 ? address.getPort() : defaultPort(address.getScheme());
  }

  private static int defaultPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }
}
