package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/**
 * Where OkHttp is woven. The chain's constructor has this form in 4.4 to 4.12; other versions stay
 * as they are, and are woven only where a call begins, so that they are told.
 */
public final class OkHttpInstrumentation implements ClientInstrumentation {

  private static final String PACKAGE = "dev.rotor.agent.http.okhttp.";
  private static final String SENDING = PACKAGE + "SendingAdvice";

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
            new Hook("execute", "()Lokhttp3/Response;", SENDING),
            new Hook("enqueue", "(Lokhttp3/Callback;)V", SENDING),
            new Hook("cancel", "()V", PACKAGE + "CancelAdvice")),
        "okhttp3.RealCall",
        List.of(
            new Hook("execute", "()Lokhttp3/Response;", SENDING),
            new Hook("enqueue", "(Lokhttp3/Callback;)V", SENDING)));
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
