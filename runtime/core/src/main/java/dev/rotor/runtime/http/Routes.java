package dev.rotor.runtime.http;

import dev.rotor.runtime.call.Api;
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
  private final SecretOwners owners;
  private final List<Upstream> upstreams;

  /**
   * Creates routes.
   *
   * @param sites in the order in which they are asked
   * @param upstreams all APIs, also those whose hosts are not bound
   */
  public Routes(List<HttpSite> sites, List<Upstream> upstreams) {
    for (HttpSite site : sites) {
      if (isWildcard(site.host().host())) {
        wildcards.add(site);
      } else {
        byName.computeIfAbsent(site.host().host(), it -> new ArrayList<>());
      }
    }
    // wildcards that are for a name stand in its list too, so that the order holds among all
    byName.forEach(
        (name, list) -> {
          for (HttpSite site : sites) {
            if (isFor(site.host().host(), name)) {
              list.add(site);
            }
          }
        });
    this.upstreams = List.copyOf(upstreams);
    this.owners = new SecretOwners(upstreams);
  }

  private static boolean isWildcard(String pattern) {
    return pattern.startsWith("*.");
  }

  private static boolean isFor(String pattern, String name) {
    return isWildcard(pattern)
        ? name.length() >= pattern.length() && name.endsWith(pattern.substring(1))
        : pattern.equals(name);
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
      if (isFor(site.host().host(), name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The first site that is for this request; null: it is not bound.
   *
   * @param within the API of the call that it is made in; where it has a site for the request, too,
   *     that one is found
   */
  @Nullable HttpSite find(Request request, @Nullable Api within) {
    String host = request.uri().getHost();
    if (host == null) {
      return null;
    }
    int port = Upstream.port(request.uri());
    List<HttpSite> sites = byName.get(host.toLowerCase(Locale.ROOT));
    HttpSite first = null;
    for (HttpSite site : sites != null ? sites : wildcards) {
      if (site.host().matches(host, port) && site.isFor(request)) {
        if (within == null || site.upstream().api() == within) {
          return site;
        }
        first = first == null ? site : first;
      }
    }
    return first;
  }

  /**
   * Whether a header may go along to this address when a client follows a redirect: one that
   * carries a key of ours, alone or after a scheme, goes to the hosts of that key's API only, and
   * never from TLS to plain text.
   */
  public boolean mayCarry(URI from, URI target, String value) {
    List<Upstream> apis = owners.of(value);
    return apis.isEmpty() || (!leavesTls(from, target) && isOneFor(target, apis));
  }

  /**
   * The same for a header that an attempt may have got of Rotor: what the file adds to an API's
   * requests is for its hosts, too.
   */
  public boolean mayCarry(URI from, URI target, String name, String value) {
    if (!mayCarry(from, target, value)) {
      return false;
    }
    for (Upstream upstream : upstreams) {
      if (upstream.covers(from)
          && upstream.adds(name, value)
          && (leavesTls(from, target) || !upstream.covers(target))) {
        return false;
      }
    }
    return true;
  }

  private static boolean leavesTls(URI from, URI target) {
    return "https".equalsIgnoreCase(from.getScheme())
        && !"https".equalsIgnoreCase(target.getScheme());
  }

  private static boolean isOneFor(URI target, List<Upstream> apis) {
    for (Upstream upstream : apis) {
      if (upstream.covers(target)) {
        return true;
      }
    }
    return false;
  }
}
