package com.example.ltw;

import dev.rotor.annotations.RotatedApi;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Its provider has had enough of one key. */
final class ChatClient implements Chat<String> {

  private static final String USED_UP = "sk-first-0000001";

  private final AtomicInteger requests = new AtomicInteger();

  @Override
  public String ask(String question, String key) throws Busy {
    return request(question, key);
  }

  @Override
  @RotatedApi("background")
  public CompletableFuture<String> askLater(String question, String key) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Runnable request =
        () -> {
          try {
            answer.complete(request(question, key));
          } catch (Busy busy) {
            answer.completeExceptionally(busy);
          }
        };
    new Thread(request).start();
    return answer;
  }

  String askOnOwnAccount(String question, String key) throws Busy {
    return request(question, key);
  }

  private String request(String question, String key) throws Busy {
    requests.incrementAndGet();
    if (key.equals(USED_UP)) {
      throw new Busy(429);
    }
    return "answer to " + question + " for " + key;
  }

  int requests() {
    return requests.get();
  }
}
