package dev.rotor.runtime;

import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.policy.Limit;
import dev.rotor.runtime.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The limits at work. A named one is shared by its sites and keeps its count across reloads for as
 * long as its settings stay; one given in place belongs to its site. Thread-safe.
 */
final class Limits {

  private record Id(LimitSettings settings, boolean perValue, String site) {}

  private static final class Held {
    final Limit limit;
    volatile int asked;

    Held(Limit limit) {
      this.limit = limit;
    }
  }

  private final Map<Id, Held> limits = new ConcurrentHashMap<>();
  private final Clock clock;
  private volatile int reloads;

  Limits(Clock clock) {
    this.clock = clock;
  }

  Limit limit(LimitSettings settings, boolean perValue, String site) {
    String owner = settings.name().isEmpty() ? site : "";
    Held held =
        limits.computeIfAbsent(
            new Id(settings, perValue, owner),
            id -> new Held(new Limit(settings, perValue, clock)));
    held.asked = reloads;
    return held.limit;
  }

  /**
   * Forgets what no site has asked for since the last reload. Sites ask again after each, so a
   * limit that is in use is found here.
   */
  void sweep() {
    int last = reloads;
    limits.values().removeIf(held -> held.asked != last);
    reloads = last + 1;
  }

  int size() {
    return limits.size();
  }
}
