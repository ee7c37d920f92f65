package com.example.it.http;

import java.util.concurrent.TimeUnit;

/** Collects lines, and when they came. */
final class Stopwatch {

  private final long start = System.nanoTime();
  private final StringBuilder text = new StringBuilder();
  private long first = -1;
  private long last = -1;

  synchronized void line(String line) {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    first = first < 0 ? now : first;
    last = now;
    text.append(line).append('\n');
  }

  synchronized Payload payload() {
    return Payload.of(text.toString());
  }

  synchronized Answer.Timing timing() {
    return new Answer.Timing(first, last);
  }
}
