package com.example.it.otel;

import com.example.it.http.Words;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends the requests that its arguments tell, one after the other, and tells of each. */
public final class TracedProgram {

  private static final HttpClient JDK = HttpClient.newHttpClient();
  private static final OkHttpClient OK_HTTP = new OkHttpClient();

  private TracedProgram() {}

  public static void main(String[] arguments) {
    for (String argument : arguments) {
      System.out.println(run(Words.parse(argument)));
    }
    // OkHttp's threads would keep it alive for a minute
    System.exit(0);
  }

  private static Words run(Words words) {
    Words seen = new Words().with("id", words.get("id"));
    try {
      return words.get("span") == null ? seen.with("status", send(words)) : withinSpan(words, seen);
    } catch (Throwable thrown) {
      return seen.with("failure", thrown);
    }
  }

  @SuppressWarnings("try")
  private static Words withinSpan(Words words, Words seen) throws Exception {
    Span span =
        GlobalOpenTelemetry.getTracer("application").spanBuilder(words.get("span")).startSpan();
    try (Scope scope = span.makeCurrent()) {
      seen.with("trace", span.getSpanContext().getTraceId());
      seen.with("span", span.getSpanContext().getSpanId());
      return seen.with("status", send(words));
    } finally {
      span.end();
    }
  }

  private static int send(Words words) throws Exception {
    String url = words.get("url");
    return switch (words.get("client")) {
      case "jdk-send" -> JDK.send(request(url), BodyHandlers.ofString()).statusCode();
      case "jdk-async" -> {
        CompletableFuture<HttpResponse<String>> answer =
            JDK.sendAsync(request(url), BodyHandlers.ofString());
        yield answer.get(60, TimeUnit.SECONDS).statusCode();
      }
      case "url" -> connect(url);
      case "okhttp" -> {
        try (Response answer = call(url).execute()) {
          yield answer.code();
        }
      }
      case "okhttp-enqueue" -> enqueue(url);
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).build();
  }

  private static int connect(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    int status = connection.getResponseCode();
    connection.getInputStream().close();
    return status;
  }

  private static Call call(String url) {
    return OK_HTTP.newCall(new Request.Builder().url(url).build());
  }

  private static int enqueue(String url) throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    call(url)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response answer) {
                try (answer) {
                  status.complete(answer.code());
                }
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                status.completeExceptionally(failure);
              }
            });
    return status.get(60, TimeUnit.SECONDS);
  }
}
