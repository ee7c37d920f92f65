package dev.rotor.agent.http.urlconnection;

import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer leads, by the rules of the JDK's own {@code HttpURLConnection}: not for 308, and
 * never to another protocol. Through the proxy that a 305 names no key is sent, so it is handed on.
 */
final class Redirect {

  private static final int DEFAULT_MOST = 20;

  private Redirect() {}

  /** After how many a request is given up. */
  static int most() {
    return Math.max(1, Integer.getInteger("http.maxRedirects", DEFAULT_MOST));
  }

  /** The address to follow to; null: the answer is final. */
  static @Nullable URL target(HttpURLConnection answered, int status) throws MalformedURLException {
    boolean leadsOn = (status >= 300 && status <= 303) || status == 307;
    String location = leadsOn ? answered.getHeaderField("Location") : null;
    if (location == null) {
      return null;
    }
    URL from = answered.getURL();
    try {
      URL target = new URL(location);
      return target.getProtocol().equalsIgnoreCase(from.getProtocol()) ? target : null;
    } catch (MalformedURLException relative) {
      return new URL(from, location);
    }
  }

  /** Whether a request goes on as a GET without headers and body. */
  static boolean becomesGet(String method, int status) {
    return method.equals("POST") && status != 307 && !Boolean.getBoolean("http.strictPostRedirect");
  }

  static boolean isSameDestination(URL one, URL other) {
    return one.getHost().equalsIgnoreCase(other.getHost()) && port(one) == port(other);
  }

  private static int port(URL url) {
    return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
  }

  /** What the JDK throws instead of following one when it streams a body. */
  static HttpRetryException notInStreamingMode(HttpURLConnection answered, int status) {
    answered.disconnect();
    return new HttpRetryException(
        "cannot retry due to redirection, in streaming mode",
        status,
        answered.getHeaderField("Location"));
  }
}
