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

  private final Map<Id, Limit> limits = new ConcurrentHashMap<>();
  private final Clock clock;

  Limits(Clock clock) {
    this.clock = clock;
  }

  Limit limit(LimitSettings settings, boolean perValue, String site) {
    String owner = settings.name().isEmpty() ? site : "";
    return limits.computeIfAbsent(
        new Id(settings, perValue, owner), id -> new Limit(settings, perValue, clock));
  }
}
