package dev.rotor.runtime.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The idempotency keys of one call's requests. When its body runs again, the same request gets the
 * same key as before; equal requests of one attempt are told apart by their order. Thread-safe.
 */
final class IdempotencyKeys {

  private static final class Sent {
    final List<String> keys = new ArrayList<>();
    int next;
  }

  private final Map<Object, Sent> requests = new HashMap<>();

  /**
   * The key of the next request of this kind.
   *
   * @param request equal for requests that are the same
   * @param own the application's, or how to make one; it counts in the first attempt only, since a
   *     body that runs again may make a new one
   */
  synchronized String next(Object request, Supplier<String> own) {
    Sent sent = requests.computeIfAbsent(request, it -> new Sent());
    if (sent.next == sent.keys.size()) {
      sent.keys.add(own.get());
    }
    return sent.keys.get(sent.next++);
  }

  /** The body runs again, from its beginning. */
  synchronized void again() {
    requests.values().forEach(sent -> sent.next = 0);
  }
}
