package dev.rotor.agent.http;

import java.net.URI;

/** Between the addresses of the engine and the hosts and ports of clients. */
public final class Addresses {

  private Addresses() {}

  /** A host as an address has it: an IPv6 address in brackets. */
  public static String bracketed(String host) {
    return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
  }

  /**
   * Host and port, without the port that the scheme has anyway.
   *
   * @param port negative: that of the scheme
   */
  public static String authority(String scheme, String host, int port) {
    return bracketed(host) + (port < 0 || port == usualPort(scheme) ? "" : ":" + port);
  }

  /**
   * An address without a path.
   *
   * @throws IllegalArgumentException the host is none that an address could have
   */
  public static URI origin(String scheme, String host, int port) {
    return URI.create(scheme + "://" + authority(scheme, host, port));
  }

  /** Whether two addresses lead to the same host and port in the same way. */
  public static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  /** The host as clients have it: an IPv6 address without its brackets. */
  public static String host(URI address) {
    String host = address.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port, or the one that the scheme has. */
  public static int port(URI address) {
    return address.getPort() >= 0 ? address.getPort() : usualPort(address.getScheme());
  }

  private static int usualPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }
}
