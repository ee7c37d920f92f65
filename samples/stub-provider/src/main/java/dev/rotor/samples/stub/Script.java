package dev.rotor.samples.stub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers that were written beforehand: each is given once, a key's own first. Thread-safe. */
final class Script {
  private final Deque<Answer> forAny = new ArrayDeque<>();
  private final Map<String, Deque<Answer>> byKey = new HashMap<>();

  synchronized void add(Answer answer) {
    forAny.addLast(answer);
  }

  synchronized void add(String key, Answer answer) {
    byKey.computeIfAbsent(key, unused -> new ArrayDeque<>()).addLast(answer);
  }

  synchronized @Nullable Answer next(String key) {
    Deque<Answer> own = byKey.get(key);
    Answer answer = own == null ? null : own.pollFirst();
    return answer != null ? answer : forAny.pollFirst();
  }

  synchronized void clear() {
    forAny.clear();
    byKey.clear();
  }
}
