package dev.rotor.it.http;

import java.util.EnumSet;
import java.util.Set;

/** The ways to send a request that Rotor knows. */
enum Way {
  JDK_SEND("jdk-send", "HttpClient.send", false),
  JDK_ASYNC("jdk-async", "HttpClient.sendAsync", false),
  URL("url", "HttpURLConnection", false),
  URL_HTTPS("url", "HttpsURLConnection", true),
  OKHTTP("okhttp", "OkHttp execute", false),
  OKHTTP_ENQUEUE("okhttp-enqueue", "OkHttp enqueue", false);

  static final Set<Way> ALL = EnumSet.allOf(Way.class);
  static final Set<Way> JDK = EnumSet.of(JDK_SEND, JDK_ASYNC);
  static final Set<Way> URL_CONNECTIONS = EnumSet.of(URL, URL_HTTPS);

  /** Where a body may come as a stream without saying that it comes once. */
  static final Set<Way> RECORDING = EnumSet.of(JDK_SEND, JDK_ASYNC, URL, URL_HTTPS);

  static final Set<Way> ASYNC = EnumSet.of(JDK_ASYNC, OKHTTP_ENQUEUE);
  static final Set<Way> BLOCKING = EnumSet.complementOf(EnumSet.copyOf(ASYNC));

  private final String client;
  private final String title;
  private final boolean https;

  Way(String client, String title, boolean https) {
    this.client = client;
    this.title = title;
    this.https = https;
  }

  static Set<Way> allBut(Set<Way> others) {
    return EnumSet.complementOf(EnumSet.copyOf(others));
  }

  /** What the child calls the client. */
  String client() {
    return client;
  }

  boolean isHttps() {
    return https;
  }

  @Override
  public String toString() {
    return title;
  }
}
