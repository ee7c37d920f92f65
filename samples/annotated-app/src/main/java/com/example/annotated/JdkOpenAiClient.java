package com.example.annotated;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Both clients on the JDK's own HTTP client. Thread-safe. */
final class JdkOpenAiClient implements ChatClient, EmbeddingClient {
  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public String chat(String key, String baseUrl, String prompt)
      throws IOException, InterruptedException {
    return answerOf(http.send(chatRequest(key, baseUrl, prompt), BodyHandlers.ofString()));
  }

  @Override
  public CompletableFuture<String> chatAsync(String key, String baseUrl, String prompt) {
    return http.sendAsync(chatRequest(key, baseUrl, prompt), BodyHandlers.ofString())
        .thenApply(
            response -> {
              try {
                return answerOf(response);
              } catch (ApiException e) {
                throw new CompletionException(e);
              }
            });
  }

  @Override
  public String embed(String key, String baseUrl, String text)
      throws IOException, InterruptedException {
    String body = "{\"model\": \"text-embedding-3-small\", \"input\": \"%s\"}".formatted(text);
    HttpRequest request = post(key, baseUrl + "/embeddings", body);
    return answerOf(http.send(request, BodyHandlers.ofString()));
  }

  private static HttpRequest chatRequest(String key, String baseUrl, String prompt) {
    String body =
        "{\"model\": \"gpt-4o-mini\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
            .formatted(prompt);
    return post(key, baseUrl + "/chat/completions", body);
  }

  private static HttpRequest post(String key, String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String answerOf(HttpResponse<String> response) throws ApiException {
    if (response.statusCode() != 200) {
      throw new ApiException(response.statusCode());
    }
    return response.body();
  }
}
