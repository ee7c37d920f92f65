package com.example.it.sdk;

import com.openai.core.RequestOptions;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands below the SDK's own retries and counts what comes back. Thread-safe. */
final class CountedClient implements HttpClient {

  private final HttpClient client;
  private final AtomicInteger answers = new AtomicInteger();

  CountedClient(HttpClient client) {
    this.client = client;
  }

  int answers() {
    return answers.get();
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    HttpResponse response = client.execute(request, options);
    answers.incrementAndGet();
    return response;
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    return client
        .executeAsync(request, options)
        .whenComplete((response, failure) -> answers.incrementAndGet());
  }

  @Override
  public void close() {
    client.close();
  }
}
