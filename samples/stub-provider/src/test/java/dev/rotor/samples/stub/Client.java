package dev.rotor.samples.stub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The client of these tests. */
final class Client {
  static final String CHAT = "/v1/chat/completions";

  private final HttpClient http = HttpClient.newHttpClient();
  private final StubProvider provider;

  Client(StubProvider provider) {
    this.provider = provider;
  }

  HttpClient http() {
    return http;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(provider.url() + path));
  }

  HttpRequest chatRequest(String secret, String prompt) {
    return request(CHAT)
        .header("Authorization", "Bearer " + secret)
        .POST(
            BodyPublishers.ofString(
                """
                {"model": "gpt-4o", "messages": [{"role": "user", "content": "%s"}]}
                """
                    .formatted(prompt)))
        .build();
  }

  HttpResponse<String> chat(String secret) throws IOException, InterruptedException {
    return send(chatRequest(secret, "hello"));
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String secret, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Authorization", "Bearer " + secret)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }
}
