package com.example.it.http;

import java.net.http.HttpClient;
import java.util.Map;
import okhttp3.OkHttpClient;

/** The clients by the names that tests give them. */
final class Clients {

  private final HttpClient jdk = JdkClient.followingRedirects();
  private final OkHttpClient okHttp = new OkHttpClient();
  private final Map<String, Client> byName =
      Map.of(
          "jdk-send", new JdkClient(jdk, false),
          "jdk-async", new JdkClient(jdk, true),
          "url", new UrlClient(),
          "okhttp", new OkClient(okHttp, false),
          "okhttp-enqueue", new OkClient(okHttp, true));

  Client named(String name) {
    return byName.get(name);
  }

  HttpClient jdk() {
    return jdk;
  }
}
