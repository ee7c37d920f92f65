package dev.rotor.runtime.http;

import dev.rotor.runtime.config.KeySettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a request to its site, and from a credential to the hosts it may go to. Immutable; swapped
 * whole on reload.
 */
public final class Routes {

  /** Nothing is bound. */
  public static final Routes NONE = new Routes(List.of(), List.of());

  private final Map<String, List<HttpSite>> byName = new HashMap<>();
  private final List<HttpSite> wildcards = new ArrayList<>();
  private final Map<String, List<Upstream>> owners = new HashMap<>();

  /**
   * Creates routes.
   *
   * @param sites in the order in which they are asked
   * @param upstreams all APIs, also those whose hosts are not bound
   */
  public Routes(List<HttpSite> sites, List<Upstream> upstreams) {
    for (HttpSite site : sites) {
      String host = site.host().host();
      if (host.startsWith("*.")) {
        wildcards.add(site);
      } else {
        byName.computeIfAbsent(host, it -> new ArrayList<>()).add(site);
      }
    }
    for (Upstream upstream : upstreams) {
      for (KeySettings key : upstream.settings().keys()) {
        if (!key.secret().isMissing()) {
          owners
              .computeIfAbsent(
                  upstream.profile().placement().headerValue(key.secret()), it -> new ArrayList<>())
              .add(upstream);
        }
      }
    }
  }

  /** Whether any host is bound at all. */
  public boolean isEmpty() {
    return byName.isEmpty() && wildcards.isEmpty();
  }

  /** Whether some site may be for requests to this host, whatever their port, method and path. */
  public boolean mayBind(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (byName.containsKey(name)) {
      return true;
    }
    for (HttpSite site : wildcards) {
      if (name.endsWith(site.host().host().substring(1))) {
        return true;
      }
    }
    return false;
  }

  /** The first site that is for this request; null: it is not bound. */
  @Nullable HttpSite find(Request request) {
    String host = request.uri().getHost();
    if (host == null) {
      return null;
    }
    int port = Upstream.port(request.uri());
    HttpSite found = first(byName.get(host.toLowerCase(Locale.ROOT)), host, port, request);
    return found != null ? found : first(wildcards, host, port, request);
  }

  private static @Nullable HttpSite first(
      @Nullable List<HttpSite> sites, String host, int port, Request request) {
    if (sites != null) {
      for (int i = 0; i < sites.size(); i++) {
        HttpSite site = sites.get(i);
        if (site.host().matches(host, port) && site.isFor(request)) {
          return site;
        }
      }
    }
    return null;
  }

  /**
   * Whether a header may go along to this address when a client follows a redirect: one that
   * carries a key of ours goes to the hosts of that key's API only, and never from TLS to plain
   * text.
   */
  public boolean mayCarry(URI from, URI target, String value) {
    List<Upstream> apis = owners.get(value);
    if (apis == null) {
      return true;
    }
    if ("https".equalsIgnoreCase(from.getScheme())
        && !"https".equalsIgnoreCase(target.getScheme())) {
      return false;
    }
    for (Upstream upstream : apis) {
      if (upstream.covers(target)) {
        return true;
      }
    }
    return false;
  }
}
