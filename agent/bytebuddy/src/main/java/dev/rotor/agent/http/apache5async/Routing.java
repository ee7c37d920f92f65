package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.Addresses;
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
    HttpHost host =
        new HttpHost(target.getScheme(), Addresses.host(target), Addresses.port(target));
    if (host.equals(route.getTargetHost())) {
      return route;
    }
    HttpHost proxy = route.getProxyHost();
    return proxy == null
        ? new HttpRoute(host, route.getLocalAddress(), secure)
        : new HttpRoute(host, route.getLocalAddress(), proxy, secure);
  }
}
