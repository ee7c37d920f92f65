package dev.rotor.agent.http.apache4;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/** Where Apache HttpClient 4 is woven; the same in 4.3 to 4.5. */
public final class Apache4Instrumentation implements ClientInstrumentation {

  private static final String RETRY = "dev.rotor.agent.http.RetryAdvice";
  private static final List<Hook> SEND =
      List.of(
          new Hook(
              "execute",
              "(Lorg/apache/http/conn/routing/HttpRoute;"
                  + "Lorg/apache/http/client/methods/HttpRequestWrapper;"
                  + "Lorg/apache/http/client/protocol/HttpClientContext;"
                  + "Lorg/apache/http/client/methods/HttpExecutionAware;)"
                  + "Lorg/apache/http/client/methods/CloseableHttpResponse;",
              "dev.rotor.agent.http.SendAdvice"));

  @Override
  public String name() {
    return "Apache HttpClient 4";
  }

  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        "org.apache.http.impl.execchain.MainClientExec",
        SEND,
        "org.apache.http.impl.execchain.MinimalClientExec",
        SEND,
        "org.apache.http.impl.client.DefaultHttpRequestRetryHandler",
        List.of(
            new Hook(
                "retryRequest",
                "(Ljava/io/IOException;ILorg/apache/http/protocol/HttpContext;)Z",
                RETRY)),
        "org.apache.http.impl.client.DefaultServiceUnavailableRetryStrategy",
        List.of(
            new Hook(
                "retryRequest",
                "(Lorg/apache/http/HttpResponse;ILorg/apache/http/protocol/HttpContext;)Z",
                RETRY)),
        "org.apache.http.impl.client.DefaultRequestDirector",
        List.of(
            new Hook(
                "execute",
                "(Lorg/apache/http/HttpHost;Lorg/apache/http/HttpRequest;"
                    + "Lorg/apache/http/protocol/HttpContext;)Lorg/apache/http/HttpResponse;",
                "dev.rotor.agent.http.apache4.OldClientAdvice")));
  }

  @Override
  public String adapter() {
    return "dev.rotor.agent.http.apache4.Apache4Adapter";
  }

  @Override
  public boolean namesLibraryTypes() {
    return true;
  }
}
