package dev.rotor.agent.http.jdk;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/** Where {@code java.net.http.HttpClient} is woven. */
public final class JdkClientInstrumentation implements ClientInstrumentation {

  private static final String PACKAGE = "dev.rotor.agent.http.jdk.";
  private static final String SEND = "dev.rotor.agent.http.SendAdvice";
  private static final String REDIRECT = PACKAGE + "RedirectAdvice";

  @Override
  public String name() {
    return "java.net.http";
  }

  /**
   * {@code sendAsync} of two arguments calls the one of three. The constructors are those that make
   * the request of a redirect: the first alone up to JDK 24, where a security update has not
   * brought the second.
   */
  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        "jdk.internal.net.http.HttpClientImpl",
        List.of(
            new Hook(
                "send",
                "(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;)"
                    + "Ljava/net/http/HttpResponse;",
                SEND),
            new Hook(
                "sendAsync",
                "(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;"
                    + "Ljava/net/http/HttpResponse$PushPromiseHandler;)"
                    + "Ljava/util/concurrent/CompletableFuture;",
                SEND)),
        "jdk.internal.net.http.HttpRequestImpl",
        List.of(
            new Hook(
                "<init>",
                "(Ljava/net/URI;Ljava/lang/String;Ljdk/internal/net/http/HttpRequestImpl;Z)V",
                REDIRECT),
            new Hook(
                "<init>",
                "(Ljava/net/URI;Ljava/lang/String;Ljdk/internal/net/http/HttpRequestImpl;Z"
                    + "Ljava/util/Optional;)V",
                REDIRECT)));
  }

  @Override
  public String adapter() {
    return PACKAGE + "JdkClientAdapter";
  }

  @Override
  public boolean namesLibraryTypes() {
    return false;
  }
}
