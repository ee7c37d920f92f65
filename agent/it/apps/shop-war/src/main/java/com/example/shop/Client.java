package com.example.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The shop's way to its provider, by the JDK's client. */
final class Client {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newBuilder().executor(threads).build();

  String get(URI uri) throws IOException, InterruptedException {
    return answer(http.send(request(uri), BodyHandlers.ofString()));
  }

  /** The same, later. */
  CompletableFuture<String> getLater(URI uri) {
    return http.sendAsync(request(uri), BodyHandlers.ofString()).thenApply(Client::answer);
  }

  void close() {
    threads.shutdownNow();
  }

  private static HttpRequest request(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  private static String answer(HttpResponse<String> response) {
    return response.statusCode() + " " + response.body();
  }
}
