package com.example.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends a chat request and reads the whole answer. Thread-safe. */
interface Sender {

  String BODY =
      """
      {"model": "gpt-4o-mini", "temperature": 0.2,
       "messages": [{"role": "system", "content": "You are a helpful assistant."},
                    {"role": "user", "content": "Say hello."}]}
      """;

  /**
   * Sends one.
   *
   * @return what the server saw, {@link TinyServer#SAW_KEY} or {@link TinyServer#SAW_PLACEHOLDER};
   *     something else when the answer is not the server's
   */
  String send() throws IOException, InterruptedException;

  static Sender of(String client, String url) {
    return switch (client) {
      case "jdk" -> jdk(url);
      case "okhttp" -> okHttp(url);
      default -> throw new IllegalArgumentException(client);
    };
  }

  private static Sender jdk(String url) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    URI address = URI.create(url);
    return () -> {
      // made anew each time, as programs do
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer rotor")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(BODY))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return saw(
          answer.statusCode(), answer.headers().firstValue(TinyServer.SAW).orElse("nothing"));
    };
  }

  private static Sender okHttp(String url) {
    OkHttpClient client = new OkHttpClient();
    MediaType json = MediaType.get("application/json");
    return () -> {
      Request request =
          new Request.Builder()
              .url(url)
              .header("Authorization", "Bearer rotor")
              .post(RequestBody.create(BODY, json))
              .build();
      try (Response answer = client.newCall(request).execute()) {
        var unused = answer.body().string();
        return saw(answer.code(), answer.header(TinyServer.SAW, "nothing"));
      }
    };
  }

  private static String saw(int status, String saw) {
    return status == 200 ? saw : "status " + status;
  }
}
