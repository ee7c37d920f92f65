package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/** Where the classic client of Apache HttpClient 5 is woven; the same in 5.0 to 5.6. */
public final class Apache5Instrumentation implements ClientInstrumentation {

  private static final String RETRY = "dev.rotor.agent.http.RetryAdvice";

  @Override
  public String name() {
    return "Apache HttpClient 5";
  }

  /** The strategy is also the one of the asynchronous client. */
  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        "org.apache.hc.client5.http.impl.classic.ConnectExec",
        List.of(
            new Hook(
                "execute",
                "(Lorg/apache/hc/core5/http/ClassicHttpRequest;"
                    + "Lorg/apache/hc/client5/http/classic/ExecChain$Scope;"
                    + "Lorg/apache/hc/client5/http/classic/ExecChain;)"
                    + "Lorg/apache/hc/core5/http/ClassicHttpResponse;",
                "dev.rotor.agent.http.SendAdvice")),
        "org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy",
        List.of(
            new Hook(
                "retryRequest",
                "(Lorg/apache/hc/core5/http/HttpRequest;Ljava/io/IOException;I"
                    + "Lorg/apache/hc/core5/http/protocol/HttpContext;)Z",
                RETRY),
            new Hook(
                "retryRequest",
                "(Lorg/apache/hc/core5/http/HttpResponse;I"
                    + "Lorg/apache/hc/core5/http/protocol/HttpContext;)Z",
                RETRY)));
  }

  @Override
  public String adapter() {
    return "dev.rotor.agent.http.apache5.Apache5Adapter";
  }

  @Override
  public boolean namesLibraryTypes() {
    return true;
  }
}
