package com.example.it.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Many threads that send the same request at once. */
final class Load {

  private Load() {}

  static Words run(Client client, Words words) throws Exception {
    int threads = words.number("threads", 1);
    int calls = words.number("calls", 1);
    AtomicInteger succeeded = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger virtual = new AtomicInteger();
    AtomicReference<String> reason = new AtomicReference<>("");
    CountDownLatch ended = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      start(
          () -> {
            for (int call = 0; call < calls; call++) {
              if (isVirtual(Thread.currentThread())) {
                virtual.incrementAndGet();
              }
              String problem = send(client, words);
              if (problem.isEmpty()) {
                succeeded.incrementAndGet();
              } else {
                failed.incrementAndGet();
                reason.compareAndSet("", problem);
              }
            }
            ended.countDown();
          });
    }
    ended.await();
    return new Words()
        .with("succeeded", succeeded)
        .with("failed", failed)
        .with("virtual", virtual)
        .with("text", reason);
  }

  private static boolean isVirtual(Thread thread) {
    try {
      return Runtime.version().feature() >= 21
          && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** On a virtual thread, where there are any. */
  private static void start(Runnable task) throws ReflectiveOperationException {
    if (Runtime.version().feature() >= 21) {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
      return;
    }
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static String send(Client client, Words words) {
    try {
      Answer answer = client.send(Wanted.of(words));
      return answer.status() == 200 ? "" : "status " + answer.status();
    } catch (Exception failure) {
      return failure.toString();
    }
  }
}
