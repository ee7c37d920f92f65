package dev.rotor.runtime.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts an API's keys may be sent to: a name, or a wildcard ({@code *.openai.azure.com}, one
 * or more labels), either with a port. Without a port any port matches.
 */
public record HostPattern(String host, @Nullable Integer port) {
  private static final String WILDCARD = "*.";

  public HostPattern {
    host = host.toLowerCase(Locale.ROOT);
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

  @Override
  public String toString() {
    return port == null ? host : host + ":" + port;
  }
}
