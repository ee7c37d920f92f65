package com.example.it.load;

import com.example.it.http.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that make calls, each of them one after the other, until as many are made or it is
 * stopped.
 */
final class Load {

  private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicInteger next = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private final int calls;
  private final long gapNanos;
  private final long pauseNanos;
  private final long start = System.nanoTime();
  private volatile boolean stopped;

  /**
   * Starts it.
   *
   * @param words {@code ways}, which the threads take in turn; {@code calls} of all of them
   *     together; {@code gap}: microseconds from the start of one call to that of the next; {@code
   *     pause}: milliseconds until a refused thread makes its next call
   */
  Load(Words words) {
    calls = words.number("calls", Integer.MAX_VALUE);
    gapNanos = TimeUnit.MICROSECONDS.toNanos(words.number("gap", 0));
    pauseNanos = TimeUnit.MILLISECONDS.toNanos(words.number("pause", 0));
    Duration timeout = Duration.ofMillis(words.number("timeout", 30_000));
    String[] ways = words.get("ways").split(",", -1);
    List<Sender> senders = new ArrayList<>();
    for (String way : ways) {
      senders.add(Sender.named(way, words.get("url"), timeout));
    }
    for (int i = 0; i < words.number("threads", 1); i++) {
      Sender sender = senders.get(i % senders.size());
      Thread thread = new Thread(() -> run(sender), "load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  private void run(Sender sender) {
    for (int call = next.getAndIncrement(); call < calls; call = next.getAndIncrement()) {
      sleepUntil(start + call * gapNanos);
      if (stopped) {
        return;
      }
      long begun = System.nanoTime();
      String outcome = sender.outcome(Integer.toString(call));
      long nanos = System.nanoTime() - begun;
      longestNanos.accumulateAndGet(nanos, Math::max);
      outcomes.computeIfAbsent(outcome, it -> new AtomicInteger()).incrementAndGet();
      if (outcome.equals("refused")) {
        sleepUntil(System.nanoTime() + pauseNanos);
      }
    }
  }

  private static void sleepUntil(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** No thread begins another call. */
  Load stop() {
    stopped = true;
    return this;
  }

  /**
   * Waits for the calls under way; then how many came to each outcome, and how long one took at
   * most.
   */
  Words join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    return told();
  }

  /** The same of those that have ended by now; and the number of the next that begins. */
  Words told() {
    Words words = new Words().with("next", next.get());
    words.with("longest", TimeUnit.NANOSECONDS.toMillis(longestNanos.get()));
    outcomes.forEach(words::with);
    return words;
  }
}
