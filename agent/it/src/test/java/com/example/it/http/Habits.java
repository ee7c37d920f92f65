package com.example.it.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** What applications and SDKs do with their clients besides sending a request. */
final class Habits {

  private Habits() {}

  static Words run(Words words) throws Exception {
    Wanted wanted = Wanted.of(words);
    return switch (words.get("habit")) {
      case "interceptor" -> interceptor(wanted);
      case "call-timeout" -> callTimeout(wanted);
      case "open-stream" -> openStream(wanted);
      case "input-first" -> inputFirst(wanted);
      case "no-redirects" -> noRedirects(wanted);
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  /** As SDKs do: an application interceptor puts the credential in, and sees the answer. */
  private static Words interceptor(Wanted wanted) throws IOException {
    AtomicInteger answers = new AtomicInteger();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  Response response =
                      chain.proceed(
                          chain
                              .request()
                              .newBuilder()
                              .header("Authorization", "Bearer rotor")
                              .build());
                  answers.incrementAndGet();
                  return response;
                })
            .build();
    // for each call a client of its own, as some SDKs have it
    try (Response response =
        client.newBuilder().build().newCall(OkClient.request(wanted)).execute()) {
      return new Words().with("status", response.code()).with("answers", answers);
    }
  }

  private static Words callTimeout(Wanted wanted) throws IOException {
    OkHttpClient client = new OkHttpClient.Builder().callTimeout(Duration.ofMillis(200)).build();
    try (Response response = client.newCall(OkClient.request(wanted)).execute()) {
      return new Words().with("status", response.code());
    }
  }

  private static Words openStream(Wanted wanted) throws IOException {
    try (InputStream in = URI.create(wanted.url()).toURL().openStream()) {
      return new Words().with("text", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Words inputFirst(Wanted wanted) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(wanted.url()).toURL().openConnection();
    connection.connect();
    Words words = new Words();
    try (InputStream in = connection.getInputStream()) {
      words.with("text", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException refused) {
      words.with("failure", refused.getClass().getName()).with("message", refused.getMessage());
      words.with(
          "text", new String(connection.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return words
        .with("status", connection.getResponseCode())
        .with("line", connection.getHeaderField(0));
  }

  private static Words noRedirects(Wanted wanted) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(JdkClient.request(wanted), HttpResponse.BodyHandlers.ofString());
    return new Words()
        .with("status", response.statusCode())
        .with("text", response.headers().firstValue("location").orElse(""));
  }
}
