package com.example.it.bad;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests from many threads, until it is killed or the quota is used up: {@code URL
 * THREADS}. Tells its first answer, and at its end how many there were of each kind.
 */
public final class Loaded {

  /** Longer than any lease takes to be written: only a quota that is used up says so. */
  private static final int USED_UP_SECONDS = 30;

  private final String url;
  private final CountDownLatch first = new CountDownLatch(1);
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger other = new AtomicInteger();

  private Loaded(String url) {
    this.url = url;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Loaded loaded = new Loaded(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    CountDownLatch ended = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                loaded.sendUntilUsedUp();
                ended.countDown();
              })
          .start();
    }
    loaded.first.await();
    System.out.println("first answer");
    ended.await();
    System.out.println(
        "served=" + loaded.served + " refused=" + loaded.refused + " other=" + loaded.other);
  }

  private void sendUntilUsedUp() {
    boolean usedUp = false;
    while (!usedUp) {
      try {
        usedUp = send();
      } catch (IOException failure) {
        other.incrementAndGet();
      }
      first.countDown();
    }
  }

  /** Whether it is told to come back much later. */
  private boolean send() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      if (body != null) {
        body.readAllBytes();
      }
    }
    if (status == 200) {
      served.incrementAndGet();
      return false;
    } else if (status == 429) {
      refused.incrementAndGet();
      return connection.getHeaderFieldInt("Retry-After", 0) > USED_UP_SECONDS;
    }
    other.incrementAndGet();
    return false;
  }
}
