package dev.rotor.runtime;

import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.policy.Limit;
import dev.rotor.runtime.time.Clock;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The limits at work. A named one is shared by its sites and keeps its count across reloads for as
 * long as its settings stay; one given in place belongs to its site. Thread-safe.
 */
final class Limits {

  private record Id(LimitSettings settings, boolean perValue) {}

  private record Own(Id id, Limit limit) {}

  private static final class Held {
    final Limit limit;
    volatile int asked;

    Held(Limit limit) {
      this.limit = limit;
    }
  }

  private final Map<Id, Held> limits = new ConcurrentHashMap<>();
  private final Map<SiteDeclaration, Own> own = new WeakHashMap<>();
  private final Clock clock;
  private volatile int reloads;
  private volatile int replicas = 1;

  /** Those of so many processes together. */
  void replicas(int processes) {
    replicas = processes;
  }

  Limits(Clock clock) {
    this.clock = clock;
  }

  /** A limit of the configuration file, shared by all who name it. */
  Limit named(LimitSettings settings, boolean perValue) {
    Held held =
        limits.computeIfAbsent(
            new Id(settings.dividedBy(replicas), perValue),
            id -> new Held(new Limit(id.settings(), perValue, clock)));
    held.asked = reloads;
    return held.limit;
  }

  /** A limit that a method's annotation gives in place: its own, and forgotten with it. */
  synchronized Limit own(LimitSettings settings, boolean perValue, SiteDeclaration site) {
    LimitSettings named =
        new LimitSettings(
                site.name(),
                settings.rate(),
                settings.burst(),
                settings.algorithm(),
                settings.by(),
                settings.maxWait())
            .dividedBy(replicas);
    Own known = own.get(site);
    if (known == null || !known.id().equals(new Id(named, perValue))) {
      known = new Own(new Id(named, perValue), new Limit(named, perValue, clock));
      own.put(site, known);
    }
    return known.limit();
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
