package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/** Where Apache HttpClient 5's asynchronous clients are woven: alike from 5.1 on. */
public final class AsyncClientInstrumentation implements ClientInstrumentation {

  private static final String PACKAGE = "dev.rotor.agent.http.apache5async.";

  @Override
  public String name() {
    return "Apache HttpClient 5 (async)";
  }

  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        "org.apache.hc.client5.http.impl.async.AsyncConnectExec",
        List.of(
            new Hook(
                "execute",
                "(Lorg/apache/hc/core5/http/HttpRequest;"
                    + "Lorg/apache/hc/core5/http/nio/AsyncEntityProducer;"
                    + "Lorg/apache/hc/client5/http/async/AsyncExecChain$Scope;"
                    + "Lorg/apache/hc/client5/http/async/AsyncExecChain;"
                    + "Lorg/apache/hc/client5/http/async/AsyncExecCallback;)V",
                "dev.rotor.agent.http.SendAdvice")));
  }

  @Override
  public String adapter() {
    return PACKAGE + "AsyncClientAdapter";
  }

  @Override
  public boolean namesLibraryTypes() {
    return true;
  }
}
