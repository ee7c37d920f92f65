package com.example.shop;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.concurrent.TaskRunner;

/** The shop's way to its provider, by the OkHttp of its own. */
final class Square {

  // no time-outs: Okio watches them from a thread that outlives the application by a minute
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .connectTimeout(Duration.ZERO)
          .readTimeout(Duration.ZERO)
          .writeTimeout(Duration.ZERO)
          .build();

  String get(URI uri) throws IOException {
    Request request = new Request.Builder().url(uri.toString()).build();
    try (Response response = http.newCall(request).execute()) {
      return response.code() + " " + response.body().string();
    }
  }

  void close() {
    http.dispatcher().executorService().shutdownNow();
    http.connectionPool().evictAll();
    stopCleaning();
  }

  /** OkHttp's own thread would outlive the application by a minute, too. */
  private static void stopCleaning() {
    ((TaskRunner.RealBackend) TaskRunner.INSTANCE.getBackend()).shutdown();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("OkHttp TaskRunner")
          && thread.getContextClassLoader() == Square.class.getClassLoader()) {
        thread.interrupt();
      }
    }
  }
}
