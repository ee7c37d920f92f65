package dev.rotor.runtime.key;

import dev.rotor.runtime.config.BreakerSettings;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong probeAt = new AtomicLong();
  private final Runnable onFree;

  private volatile KeySettings settings;
  private volatile Lanes lanes;
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
    this.stats = stats;
    this.clock = clock;
    this.onFree = onFree;
    this.lanes = new Lanes(this, account, breakers);
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
    return lanes.account;
  }

  /** This key in a lane; the empty name is the only lane of an API without lanes. */
  Lane lane(String name) {
    Lanes current = lanes;
    return name.isEmpty() ? current.unnamed() : current.named(name);
  }

  /**
   * Takes new settings. A changed secret clears what the old one was blamed for, disabled by Rotor
   * and breakers; cool-downs and quotas are the account's, and stay.
   */
  void update(KeySettings next, Account account, @Nullable Breakers breakers) {
    boolean changed = !next.secret().equals(settings.secret());
    settings = next;
    if (lanes.account != account || !Objects.equals(settings(lanes.breakers), settings(breakers))) {
      lanes = new Lanes(this, account, breakers);
    }
    if (changed) {
      disabledBecause = null;
      lanes.reset();
    }
  }

  private static @Nullable BreakerSettings settings(@Nullable Breakers breakers) {
    return breakers == null ? null : breakers.settings();
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
    boolean disabled = disabledBecause != null;
    long due = disabled ? probeAt.get() : 0;
    if ((disabled && now - due < 0) || !takePlace(current.concurrent())) {
      return false;
    }
    if (disabled && !probeAt.compareAndSet(due, now + PROBE_EVERY.toNanos())) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  /**
   * Takes a place even of a key that rests or is full; false: it is switched off or has no secret.
   */
  boolean enterAnyhow() {
    KeySettings current = settings;
    if (!current.enabled() || current.secret().isMissing()) {
      return false;
    }
    inFlight.incrementAndGet();
    return true;
  }

  /**
   * A look in vain never counts itself in, not even for a moment: in that moment a call that was
   * woken would find the key taken, and nobody would wake it again.
   */
  private boolean takePlace(int most) {
    if (most == KeySettings.UNLIMITED) {
      inFlight.incrementAndGet();
      return true;
    }
    int taken = inFlight.get();
    while (taken < most) {
      if (inFlight.compareAndSet(taken, taken + 1)) {
        return true;
      }
      taken = inFlight.get();
    }
    return false;
  }

  /** Whether {@link #tryEnter} is worth trying; takes nothing. */
  boolean mayEnter(long now) {
    KeySettings current = settings;
    return current.enabled()
        && !current.secret().isMissing()
        && inFlight.get() < current.concurrent()
        && (disabledBecause == null || now - probeAt.get() >= 0);
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

  /** The lanes under one account and one kind of breaker. */
  private static final class Lanes {
    private final Key key;
    private final Account account;
    private final @Nullable Breakers breakers;
    // made when it is asked for: breakers and buckets are classes that an empty start need not load
    private volatile @Nullable Lane unnamed;
    private final Map<String, Lane> named = new ConcurrentHashMap<>();

    Lanes(Key key, Account account, @Nullable Breakers breakers) {
      this.key = key;
      this.account = account;
      this.breakers = breakers;
    }

    Lane unnamed() {
      Lane known = unnamed;
      return known != null ? known : makeUnnamed();
    }

    private synchronized Lane makeUnnamed() {
      Lane known = unnamed;
      if (known == null) {
        known = make("");
        unnamed = known;
      }
      return known;
    }

    private Lane make(String name) {
      return new Lane(key, name, account, breakers);
    }

    Lane named(String name) {
      return named.computeIfAbsent(name, this::make);
    }

    void reset() {
      unnamed().reset();
      named.values().forEach(Lane::reset);
    }
  }

  @Override
  public String toString() {
    return name() + " (" + settings.secret().masked() + ")";
  }
}
