package com.example.it.http;

import com.example.it.http.stack.Driver;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;

/** The clients by the names that tests give them; each is loaded when it is asked for. */
final class Clients {

  private final HttpClient jdk = JdkClient.followingRedirects();
  private final Map<String, Client> byName = new ConcurrentHashMap<>();

  /** One of the three that every test knows, or {@code DRIVER/WAY}. */
  Client named(String name) {
    return byName.computeIfAbsent(name, this::make);
  }

  private Client make(String name) {
    return switch (name) {
      case "jdk-send" -> new JdkClient(jdk, false);
      case "jdk-async" -> new JdkClient(jdk, true);
      case "url" -> new UrlClient();
      case "okhttp" -> new OkClient(new OkHttpClient(), false);
      case "okhttp-enqueue" -> new OkClient(new OkHttpClient(), true);
      default -> new DrivenClient<>(Driver.named(name));
    };
  }

  HttpClient jdk() {
    return jdk;
  }
}
