package com.legacy;

import com.legacy.chat.ChatClient;
import com.legacy.embed.EmbeddingClient;
import com.legacy.rates.RateClient;
import com.legacy.search.SearchClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls each client in turn, and says how that went. */
public final class LegacyApp {
  private static final List<String> CURRENCIES = List.of("EUR", "JPY", "CHF");

  private final Tally tally = new Tally();
  private final List<CompletableFuture<?>> pending = new ArrayList<>();
  private final SearchClient search = new SearchClient();
  private final ChatClient chat;
  private final EmbeddingClient embeddings;
  private final RateClient rates;

  private interface Attempt {
    Object run() throws IOException, InterruptedException;
  }

  private LegacyApp(String provider) throws IOException {
    chat = new ChatClient(provider);
    embeddings = new EmbeddingClient(provider);
    rates = new RateClient(provider);
  }

  /** {@code java -jar legacy-app.jar URL [CALLS]}; 100 calls unless said. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0) {
      System.err.println("usage: java -jar legacy-app.jar URL [CALLS]");
      System.exit(2);
    }
    int calls = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    LegacyApp app = new LegacyApp(arguments[0]);
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
      case 0 -> attempt(() -> chat.chat(text));
      case 1 -> later(chat.chatAsync(text));
      case 2 -> attempt(() -> embeddings.embed(text));
      case 3 -> attempt(() -> rates.fetch(CURRENCIES.get(number % CURRENCIES.size())));
      default -> attempt(() -> search.search("lamp", 2));
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
