package com.legacy.chat;

import com.legacy.ApiException;
import com.legacy.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Chats through {@link HttpClient}. Thread-safe. */
public final class ChatClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;

  /** Creates a client of the provider at this URL. */
  public ChatClient(String provider) {
    url = URI.create(provider + "/v1/chat/completions");
  }

  /**
   * Waits for the answer to a prompt.
   *
   * @throws ApiException if the provider refuses
   * @throws IOException if it cannot be reached
   * @throws InterruptedException if interrupted while waiting
   */
  public String chat(String prompt) throws IOException, InterruptedException {
    return answerOf(http.send(request(prompt), BodyHandlers.ofString()));
  }

  /** The answer to a prompt, later; failures as of {@link #chat}. */
  public CompletableFuture<String> chatAsync(String prompt) {
    return http.sendAsync(request(prompt), BodyHandlers.ofString())
        .thenApply(
            response -> {
              try {
                return answerOf(response);
              } catch (ApiException e) {
                throw new CompletionException(e);
              }
            });
  }

  private HttpRequest request(String prompt) {
    String body =
        "{\"model\": \"gpt-4o-mini\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
            .formatted(prompt);
    return HttpRequest.newBuilder(url)
        .header("Authorization", "Bearer " + Credentials.KEY)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String answerOf(HttpResponse<String> response) throws ApiException {
    if (response.statusCode() != 200) {
      throw new ApiException("chat", response.statusCode());
    }
    return response.body();
  }
}
