package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.ClientInstrumentation;
import java.util.List;
import java.util.Map;

/**
 * Where OkHttp is woven. The chain's constructor has had three forms since 3.14; a version with
 * another one stays as it is, and is woven only where a call begins, so that it is told.
 */
public final class OkHttpInstrumentation implements ClientInstrumentation {

  static final String CHAIN = "okhttp3.internal.http.RealInterceptorChain";
  static final List<String> CODECS =
      List.of(
          "okhttp3.internal.http1.Http1ExchangeCodec", "okhttp3.internal.http2.Http2ExchangeCodec");

  /** 3.14 to 4.3. */
  private static final String OLD =
      "(Ljava/util/List;Lokhttp3/internal/connection/Transmitter;"
          + "Lokhttp3/internal/connection/Exchange;ILokhttp3/Request;Lokhttp3/Call;III)V";

  /** 4.4 to 5.3. */
  private static final String MIDDLE =
      "(Lokhttp3/internal/connection/RealCall;Ljava/util/List;I"
          + "Lokhttp3/internal/connection/Exchange;Lokhttp3/Request;III)V";

  /** From 5.4 on. */
  private static final String NEW =
      "(Lokhttp3/internal/connection/RealCall;Ljava/util/List;I"
          + "Lokhttp3/internal/connection/Exchange;Lokhttp3/Request;IIILokhttp3/Authenticator;"
          + "Lokhttp3/Cache;Lokhttp3/CertificatePinner;Lokhttp3/ConnectionPool;Lokhttp3/CookieJar;"
          + "Lokhttp3/Dns;Ljavax/net/ssl/HostnameVerifier;Ljava/net/Proxy;Lokhttp3/Authenticator;"
          + "Ljava/net/ProxySelector;ZLjavax/net/SocketFactory;Ljavax/net/ssl/SSLSocketFactory;"
          + "Ljavax/net/ssl/X509TrustManager;Lokhttp3/internal/tls/CertificateChainCleaner;)V";

  static final List<String> CHAINS = List.of(OLD, MIDDLE, NEW);

  private static final String PACKAGE = "dev.rotor.agent.http.okhttp.";
  private static final String SENDING = PACKAGE + "SendingAdvice";
  private static final List<Hook> SENDS =
      List.of(
          new Hook("execute", "()Lokhttp3/Response;", SENDING),
          new Hook("enqueue", "(Lokhttp3/Callback;)V", SENDING));
  private static final List<Hook> WRITES =
      List.of(new Hook("writeRequestHeaders", "(Lokhttp3/Request;)V", PACKAGE + "LeavingAdvice"));

  @Override
  public String name() {
    return "OkHttp";
  }

  @Override
  public Map<String, List<Hook>> hooks() {
    return Map.of(
        CHAIN,
        List.of(
            new Hook("<init>", OLD, PACKAGE + "OldChainAdvice"),
            new Hook("<init>", MIDDLE, PACKAGE + "ChainAdvice"),
            new Hook("<init>", NEW, PACKAGE + "ChainAdvice")),
        CODECS.get(0),
        WRITES,
        CODECS.get(1),
        WRITES,
        "okhttp3.internal.connection.RealCall",
        List.of(SENDS.get(0), SENDS.get(1), new Hook("cancel", "()V", PACKAGE + "CancelAdvice")),
        "okhttp3.RealCall",
        SENDS,
        // cancelled by its time-out, too
        "okhttp3.internal.connection.Transmitter",
        List.of(new Hook("cancel", "()V", PACKAGE + "OldCancelAdvice")));
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
