package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/**
 * Where OkHttp is woven. The chain's constructor has this form from 4.3 on; in other versions it is
 * not found, and they stay as they are.
 */
public final class OkHttpInstrumentation implements ClientInstrumentation {

  private static final String PACKAGE = "dev.rotor.agent.http.okhttp.";

  @Override
  public String name() {
    return "OkHttp";
  }

  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        "okhttp3.internal.http.RealInterceptorChain",
        List.of(
            new Hook(
                "<init>",
                "(Lokhttp3/internal/connection/RealCall;Ljava/util/List;I"
                    + "Lokhttp3/internal/connection/Exchange;Lokhttp3/Request;III)V",
                PACKAGE + "ChainAdvice")),
        "okhttp3.internal.connection.RealCall",
        List.of(
            new Hook("enqueue", "(Lokhttp3/Callback;)V", PACKAGE + "EnqueueAdvice"),
            new Hook("cancel", "()V", PACKAGE + "CancelAdvice")));
  }

  @Override
  public String adapter() {
    return PACKAGE + "OkHttpAdapter";
  }

  @Override
  public boolean namesLibraryTypes() {
    return true;
  }
}
