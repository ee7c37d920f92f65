package dev.rotor.agent.http.urlconnection;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/**
 * Where connections of {@code java.net.URL} are made. {@code URL} itself is loaded before any
 * agent, and an application's own handlers are not ours to touch.
 */
public final class UrlConnectionInstrumentation implements ClientInstrumentation {

  private static final String PACKAGE = "dev.rotor.agent.http.urlconnection.";
  private static final List<Hook> OPEN =
      List.of(
          new Hook(
              "openConnection",
              "(Ljava/net/URL;Ljava/net/Proxy;)Ljava/net/URLConnection;",
              PACKAGE + "OpenAdvice"));

  @Override
  public String name() {
    return "HttpURLConnection";
  }

  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        "sun.net.www.protocol.http.Handler", OPEN, "sun.net.www.protocol.https.Handler", OPEN);
  }

  @Override
  public String adapter() {
    return PACKAGE + "UrlConnectionAdapter";
  }

  @Override
  public boolean namesLibraryTypes() {
    return false;
  }
}
