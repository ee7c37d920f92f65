package dev.rotor.samples.stub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What was received, and what it came to. Thread-safe. */
final class Journal {
  private static final int REMEMBERED = 20_000;

  private final Deque<ReceivedRequest> requests = new ArrayDeque<>();
  private final Map<String, KeyCounts> counts = new LinkedHashMap<>();
  private long received;

  synchronized ReceivedRequest receive(String key, HttpRequest request) {
    ReceivedRequest entry = new ReceivedRequest(++received, key, request);
    if (requests.size() == REMEMBERED) {
      requests.removeFirst();
    }
    requests.addLast(entry);
    counts.merge(key, KeyCounts.NONE.received(), (old, unused) -> old.received());
    notifyAll();
    return entry;
  }

  synchronized void answered(ReceivedRequest entry, int status) {
    entry.answered(status);
    counts.computeIfPresent(entry.key(), (unused, old) -> old.answered(status));
    notifyAll();
  }

  synchronized void abandoned(ReceivedRequest entry) {
    entry.abandoned();
    notifyAll();
  }

  synchronized List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  synchronized Map<String, KeyCounts> counts() {
    return new LinkedHashMap<>(counts);
  }

  synchronized void reset() {
    requests.clear();
    counts.clear();
    received = 0;
  }

  synchronized ReceivedRequest await(Predicate<ReceivedRequest> wanted, Duration atMost)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (true) {
      for (ReceivedRequest entry : requests) {
        if (wanted.test(entry)) {
          return entry;
        }
      }
      long leftNanos = deadlineNanos - System.nanoTime();
      if (leftNanos <= 0) {
        throw new AssertionError(
            "no such request within " + atMost + "; received were " + requests);
      }
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
    }
  }
}
