package com.example.annotated;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** How the calls of a run ended. Thread-safe. */
final class Tally {
  private final Map<String, Integer> failures = new TreeMap<>();
  private int calls;
  private int rateLimited;

  synchronized void succeeded() {
    calls++;
  }

  synchronized void failed(Throwable failure) {
    calls++;
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ApiException api && api.statusCode() == 429) {
      rateLimited++;
    }
    failures.merge(String.valueOf(cause), 1, Integer::sum);
  }

  /** Prints what happened, for people, and on the last line the same for programs. */
  synchronized void print(PrintStream out, Duration elapsed) {
    int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
    failures.forEach((what, times) -> out.println("  " + times + " x " + what));
    out.printf(
        Locale.ROOT,
        "%d calls: %d went well, %d failed, %d of them for a rate limit, in %.1f s%n",
        calls,
        calls - failed,
        failed,
        rateLimited,
        elapsed.toMillis() / 1000.0);
    out.printf(
        Locale.ROOT,
        "summary calls=%d ok=%d failed=%d rate_limited=%d elapsed_ms=%d%n",
        calls,
        calls - failed,
        failed,
        rateLimited,
        elapsed.toMillis());
  }
}
