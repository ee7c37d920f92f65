package com.example.annotated;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls each client in turn, and says how that went. */
public final class AnnotatedApp {
  private static final List<String> USERS = List.of("ada", "bea");

  private final Tally tally = new Tally();
  private final List<CompletableFuture<?>> pending = new ArrayList<>();
  private final ChatClient chat;
  private final EmbeddingClient embeddings;
  private final SearchClient search = new CatalogueSearch();
  private final String key;
  private final String baseUrl;

  private interface Attempt {
    Object run() throws IOException, InterruptedException;
  }

  private AnnotatedApp(String provider, String key) {
    JdkOpenAiClient client = new JdkOpenAiClient();
    this.chat = client;
    this.embeddings = client;
    this.key = key;
    this.baseUrl = provider + "/v1";
  }

  /**
   * {@code java -jar annotated-app.jar URL [CALLS]}; 100 calls unless said. The environment
   * variable {@code APP_KEY} holds the key that it has when there is no agent.
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length == 0) {
      System.err.println("usage: java -jar annotated-app.jar URL [CALLS]");
      System.exit(2);
    }
    int calls = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    String key = System.getenv().getOrDefault("APP_KEY", "sk-annotated-0001");
    AnnotatedApp app = new AnnotatedApp(arguments[0], key);
    long startNanos = System.nanoTime();
    app.run(calls);
    app.tally.print(System.out, Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private void run(int calls) throws InterruptedException {
    for (int i = 0; i < calls; i++) {
      call(i);
    }
    for (CompletableFuture<?> future : pending) {
      future.join();
    }
  }

  private void call(int number) throws InterruptedException {
    String text = "call " + number;
    switch (number % 5) {
      case 0 -> attempt(() -> chat.chat(key, baseUrl, text));
      case 1 -> later(chat.chatAsync(key, baseUrl, text));
      case 2 -> attempt(() -> embeddings.embed(key, baseUrl, "text " + number % 3));
      case 3 -> attempt(() -> search.search(USERS.get(number % USERS.size()), "lamp"));
      default -> attempt(search::suggestions);
    }
  }

  private void attempt(Attempt attempt) throws InterruptedException {
    try {
      attempt.run();
      tally.succeeded();
    } catch (IOException | RuntimeException e) {
      tally.failed(e);
    }
  }

  private void later(CompletableFuture<?> future) {
    pending.add(
        future.handle(
            (unused, failure) -> {
              if (failure == null) {
                tally.succeeded();
              } else {
                tally.failed(failure);
              }
              return null;
            }));
  }
}
