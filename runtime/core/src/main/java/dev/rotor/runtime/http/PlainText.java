package dev.rotor.runtime.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once for each host when a key goes over the network without TLS. Thread-safe; costs a
 * request over TLS one comparison.
 */
final class PlainText {

  private static final Logger LOG = LoggerFactory.getLogger(PlainText.class);

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  void look(URI target, Upstream upstream) {
    if ("http".equalsIgnoreCase(target.getScheme())) {
      String host = target.getHost();
      if (host != null && !isLoopback(host.toLowerCase(Locale.ROOT)) && told.add(host)) {
        LOG.warn(
            "apis.{}: a request goes to http://{} in plain text, and so does its key: whoever is on the way"
                + " can read it. Use https in the application, or in `base-url`.",
            upstream.api().name(),
            host);
      }
    }
  }

  /** By the name alone: asking a name server would block. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || (host.startsWith("127.")
            && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')))
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]");
  }
}
