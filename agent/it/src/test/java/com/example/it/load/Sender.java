package com.example.it.load;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One way to make a call. Thread-safe.
 *
 * <p>Neither client may send again by itself, which nobody above it can count: OkHttp is told not
 * to, and the JDK's client does so with a GET whose kept connection is reset, but not with a POST.
 */
@FunctionalInterface
interface Sender {

  /** Which call it is, for those who compare notes. */
  String CALL = "X-Call";

  /** The status, a space, and the body. */
  String send(String id) throws Exception;

  static Sender named(String way, String url, Duration timeout) {
    HttpClient jdk = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    OkHttpClient ok =
        new OkHttpClient.Builder().readTimeout(timeout).retryOnConnectionFailure(false).build();
    return switch (way) {
      case "jdk-send" -> id -> answer(jdk.send(post(url, id, timeout), BodyHandlers.ofString()));
      case "jdk-async" ->
          id -> answer(jdk.sendAsync(post(url, id, timeout), BodyHandlers.ofString()).get());
      case "okhttp" -> id -> answer(ok, new Request.Builder().url(url).header(CALL, id).build());
      default -> throw new IllegalArgumentException(way);
    };
  }

  private static HttpRequest post(String url, String id, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(url))
        .header(CALL, id)
        .timeout(timeout)
        .POST(BodyPublishers.ofString("{}"))
        .build();
  }

  private static String answer(HttpResponse<String> response) {
    return response.statusCode() + " " + response.body();
  }

  private static String answer(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return response.code() + " " + response.body().string();
    }
  }

  /** What a call came to, in a word. */
  default String outcome(String id) {
    try {
      String answer = send(id);
      if (answer.startsWith("429") && answer.contains("\"type\":\"rotor\"")) {
        return "refused";
      }
      return answer.startsWith("200") ? "ok" : answer.substring(0, answer.indexOf(' '));
    } catch (ExecutionException failed) {
      return outcome(failed.getCause());
    } catch (Exception failed) {
      return outcome(failed);
    }
  }

  private static String outcome(Throwable failure) {
    if (failure instanceof HttpTimeoutException || failure instanceof SocketTimeoutException) {
      return "timeout";
    }
    return failure instanceof IOException ? "network" : failure.toString();
  }
}
