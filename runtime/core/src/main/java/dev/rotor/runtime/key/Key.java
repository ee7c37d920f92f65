package dev.rotor.runtime.key;

import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One credential of an API, at work. It outlives reloads: a pool keeps its keys by name and gives
 * them their new settings. Thread-safe.
 */
public final class Key {

  /** How long a key that Rotor disabled rests before one call tries it again. */
  static final Duration PROBE_EVERY = Duration.ofMinutes(5);

  private final Clock clock;
  private final Stats stats;
  private final Account account;
  private final @Nullable Breakers breakers;
  private final Lane defaultLane;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong probeAt = new AtomicLong();
  private final Runnable onFree;

  private volatile KeySettings settings;
  private volatile @Nullable String disabledBecause;

  /**
   * Creates an active key.
   *
   * @param onFree runs whenever an attempt leaves, for the calls that wait
   */
  Key(
      KeySettings settings,
      Account account,
      @Nullable Breakers breakers,
      Stats stats,
      Clock clock,
      Runnable onFree) {
    this.settings = settings;
    this.account = account;
    this.breakers = breakers;
    this.stats = stats;
    this.clock = clock;
    this.onFree = onFree;
    this.defaultLane = newLane("");
  }

  public String name() {
    return settings.name();
  }

  public KeySettings settings() {
    return settings;
  }

  public Stats stats() {
    return stats;
  }

  /** The credential; read it once for an attempt, since a reload may change it. */
  public Secret secret() {
    return settings.secret();
  }

  /** Attempts under way. */
  public int inFlight() {
    return inFlight.get();
  }

  Account account() {
    return account;
  }

  /** This key in a lane; the empty name is the only lane of an API without lanes. */
  Lane lane(String name) {
    return name.isEmpty() ? defaultLane : lanes.computeIfAbsent(name, this::newLane);
  }

  private Lane newLane(String name) {
    return new Lane(
        this, name, account, breakers == null ? null : breakers.make(name() + "/" + name));
  }

  /**
   * Takes new settings. A changed secret clears what the old one was blamed for: disabled by Rotor,
   * breakers, cool-downs.
   */
  void update(KeySettings next) {
    boolean changed = !next.secret().equals(settings.secret());
    settings = next;
    if (changed) {
      disabledBecause = null;
      account.endRests(clock.nanoTime());
      defaultLane.reset();
      lanes.values().forEach(Lane::reset);
    }
  }

  /**
   * Takes the key out because the provider refused its credential; one call probes it every five
   * minutes.
   */
  public void disable(String cause) {
    probeAt.set(clock.nanoTime() + PROBE_EVERY.toNanos());
    disabledBecause = cause;
  }

  /** Takes back a {@link #disable}: the key was not to blame. */
  public void enable() {
    disabledBecause = null;
  }

  boolean tryEnter(long now) {
    KeySettings current = settings;
    if (!current.enabled() || current.secret().isMissing()) {
      return false;
    }
    if (disabledBecause != null) {
      long due = probeAt.get();
      if (now - due < 0 || !probeAt.compareAndSet(due, now + PROBE_EVERY.toNanos())) {
        return false;
      }
    }
    if (inFlight.incrementAndGet() > current.concurrent()) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    inFlight.decrementAndGet();
    onFree.run();
  }

  void succeeded() {
    if (disabledBecause != null) {
      enable();
    }
  }

  long usableIn(long now) {
    KeySettings current = settings;
    if (!current.enabled() || current.secret().isMissing()) {
      return Lane.NOT_BY_TIME;
    }
    return disabledBecause == null ? 0 : Math.max(0, probeAt.get() - now);
  }

  @Nullable String whyDisabled() {
    if (!settings.enabled()) {
      return "is disabled in the configuration";
    }
    if (settings.secret().isMissing()) {
      return "has no secret (" + settings.secret().origin() + ")";
    }
    String cause = disabledBecause;
    return cause == null ? null : "is disabled: " + cause;
  }

  @Override
  public String toString() {
    return name() + " (" + settings.secret().masked() + ")";
  }
}
