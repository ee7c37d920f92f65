package dev.rotor.agent.http.reactornetty;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/**
 * Where Reactor Netty is woven: in the one publisher that all its requests come from, which has
 * this form in 1.1 to 1.3.
 */
public final class ReactorNettyInstrumentation implements ClientInstrumentation {

  private static final String PACKAGE = "dev.rotor.agent.http.reactornetty.";

  @Override
  public String name() {
    return "Reactor Netty";
  }

  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        "reactor.netty.http.client.HttpClientConnect$MonoHttpConnect",
        List.of(
            new Hook(
                "<init>",
                "(Lreactor/netty/http/client/HttpClientConfig;)V",
                PACKAGE + "AssembledAdvice"),
            new Hook(
                "subscribe", "(Lreactor/core/CoreSubscriber;)V", PACKAGE + "SubscribeAdvice")));
  }

  @Override
  public String adapter() {
    return PACKAGE + "ReactorNettyAdapter";
  }

  @Override
  public boolean namesLibraryTypes() {
    return true;
  }
}
