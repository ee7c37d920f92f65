package com.example.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The program whose requests are counted: a closed loop on each of its threads. Each line of its
 * standard input says for how many milliseconds, and how many requests it takes at least. It knows
 * nothing of Rotor. It tells of each request that fails, and ends when there are many, or when one
 * is not seen by the server as the first one was.
 */
public final class LoadProgram {

  /** In its whole life. */
  private static final int MOST_FAILURES = 20;

  private final AtomicInteger failed = new AtomicInteger();
  private final Sender sender;
  private final String saw;

  private LoadProgram(Sender sender, String saw) {
    this.sender = sender;
    this.saw = saw;
  }

  /**
   * Runs it.
   *
   * @param arguments the client, the address, the number of threads
   */
  public static void main(String[] arguments) throws Exception {
    Sender sender = Sender.of(arguments[0], arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    String saw = sender.send();
    System.out.println(saw);
    LoadProgram program = new LoadProgram(sender, saw);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      long nanos = Long.parseLong(words[0]) * 1_000_000;
      System.out.println(program.run(threads, nanos, Long.parseLong(words[1])));
    }
    // OkHttp's threads would keep it alive for a minute
    System.exit(0);
  }

  /** Requests, nanoseconds that passed, nanoseconds of processor time. */
  private String run(int threads, long nanos, long atLeast) throws InterruptedException {
    AtomicLong requests = new AtomicLong();
    Thread[] all = new Thread[threads];
    long cpu = processorNanos();
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      all[i] = new Thread(() -> requests.addAndGet(loop(start + nanos, atLeast / threads)));
      all[i].start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    long elapsed = System.nanoTime() - start;
    return requests + " " + elapsed + " " + (processorNanos() - cpu);
  }

  private long loop(long until, long atLeast) {
    long sent = 0;
    while (sent < atLeast || System.nanoTime() - until < 0) {
      try {
        check(sender.send());
        sent++;
      } catch (IOException | InterruptedException failure) {
        // a kept connection breaks now and then, with the agent or without
        System.err.println("a request failed: " + failure);
        if (failed.incrementAndGet() > MOST_FAILURES) {
          System.exit(1);
        }
      }
    }
    return sent;
  }

  private void check(String sawNow) {
    if (!sawNow.equals(saw)) {
      System.err.println("the server saw " + sawNow + " and no longer " + saw);
      System.exit(1);
    }
  }

  private static long processorNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
