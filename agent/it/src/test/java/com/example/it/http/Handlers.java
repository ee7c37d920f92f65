package com.example.it.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/** What applications hand to {@code java.net.http} to read answers with. */
final class Handlers {

  private Handlers() {}

  static Words run(HttpClient client, Words words) throws Exception {
    HttpRequest request = JdkClient.request(Wanted.of(words));
    boolean async = words.get("client").equals("jdk-async");
    return switch (words.get("handler")) {
      case "line-subscriber" -> lines(client, request, async);
      case "new-file" -> file(client, request, async);
      case "counted" -> counted(client, request, async);
      case "discarding" ->
          new Words()
              .with("status", send(client, request, async, BodyHandlers.discarding()).statusCode());
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  private static <T> HttpResponse<T> send(
      HttpClient client, HttpRequest request, boolean async, BodyHandler<T> handler)
      throws Exception {
    return async ? client.sendAsync(request, handler).get() : client.send(request, handler);
  }

  private static Words lines(HttpClient client, HttpRequest request, boolean async)
      throws Exception {
    Lines subscriber = new Lines();
    HttpResponse<Void> response =
        send(client, request, async, BodyHandlers.fromLineSubscriber(subscriber));
    return new Words()
        .with("status", response.statusCode())
        .with("subscribed", subscriber.subscribed)
        .with("completed", subscriber.completed)
        .with("text", String.join("\n", subscriber.lines));
  }

  private static Words file(HttpClient client, HttpRequest request, boolean async)
      throws Exception {
    Path directory = Files.createTempDirectory("answers");
    Path file = directory.resolve("answer");
    try {
      HttpResponse<Path> response =
          send(
              client,
              request,
              async,
              BodyHandlers.ofFile(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      return new Words()
          .with("status", response.statusCode())
          .with("text", Files.readString(response.body()));
    } finally {
      delete(file, directory);
    }
  }

  private static void delete(Path... paths) throws IOException {
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  private static Words counted(HttpClient client, HttpRequest request, boolean async)
      throws Exception {
    AtomicInteger calls = new AtomicInteger();
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    HttpResponse<String> response =
        send(
            client,
            request,
            async,
            info -> {
              calls.incrementAndGet();
              statuses.add(info.statusCode());
              return HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
            });
    return new Words()
        .with("status", response.statusCode())
        .with("calls", calls)
        .with("statuses", statuses)
        .with("text", response.body());
  }

  private static final class Lines implements Flow.Subscriber<String> {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscribed.incrementAndGet();
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      lines.add(line);
    }

    @Override
    public void onError(Throwable thrown) {
      lines.add("failed: " + thrown);
    }

    @Override
    public void onComplete() {
      completed.incrementAndGet();
    }
  }
}
