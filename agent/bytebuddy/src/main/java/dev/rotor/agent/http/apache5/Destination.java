package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.Addresses;
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
    return Addresses.origin(target.getSchemeName(), target.getHostName(), target.getPort());
  }

  /** The way to an address: through the same proxy as the client's own route, if any. */
  static HttpRoute route(HttpRoute own, URI address) {
    if (Addresses.isSameOrigin(origin(own), address)) {
      return own;
    }
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    HttpHost target = new HttpHost(scheme, Addresses.host(address), Addresses.port(address));
    boolean secure = scheme.equals("https");
    HttpHost proxy = own.getProxyHost();
    return proxy == null
        ? new HttpRoute(target, own.getLocalAddress(), secure)
        : new HttpRoute(target, own.getLocalAddress(), proxy, secure);
  }
}
