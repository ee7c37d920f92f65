package dev.rotor.agent.http.apache5async;

import java.net.URI;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;

/** Where connections lead. */
final class Routing {

  private Routing() {}

  /** The application's own route, unless a key's base URL is elsewhere; the proxy stays. */
  static HttpRoute to(URI target, URI own, HttpRoute route) {
    if (target.equals(own)) {
      return route;
    }
    boolean secure = "https".equalsIgnoreCase(target.getScheme());
    int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
    HttpHost host = new HttpHost(target.getScheme(), unbracketed(target.getHost()), port);
    if (host.equals(route.getTargetHost())) {
      return route;
    }
    HttpHost proxy = route.getProxyHost();
    return proxy == null
        ? new HttpRoute(host, route.getLocalAddress(), secure)
        : new HttpRoute(host, route.getLocalAddress(), proxy, secure);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
