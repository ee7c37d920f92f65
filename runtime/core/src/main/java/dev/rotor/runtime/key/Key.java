package dev.rotor.runtime.key;

import dev.rotor.runtime.config.BreakerSettings;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One credential of an API, at work. It outlives reloads: a pool keeps its keys by name and gives
 * them their new settings. Thread-safe.
 */
public final class Key {

  private record Seat(Lineup lineup, int place) {}

  private static final Seat[] NO_SEATS = {};

  private final Clock clock;
  private final Stats stats;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final KeyHealth health = new KeyHealth();
  private final Standing standing;
  private final Runnable onFree;

  private volatile KeySettings settings;
  private volatile Lanes lanes;
  private volatile Seat[] seats = NO_SEATS;

  /**
   * Creates an active key.
   *
   * @param onFree runs whenever an attempt leaves, or the key comes back, for the calls that wait
   * @param standing whether it is out, remembered from another process perhaps
   */
  Key(
      KeySettings settings,
      Account account,
      Together together,
      Stats stats,
      Clock clock,
      Runnable onFree,
      Standing standing) {
    this.settings = settings;
    this.stats = stats;
    this.clock = clock;
    this.onFree = onFree;
    this.standing = standing;
    this.lanes = new Lanes(this, account, account, together);
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

  KeyHealth health() {
    return health;
  }

  /** The account that its limits are configured for. */
  Account account() {
    return lanes.account;
  }

  /** The account that the provider counts it for, as far as told. */
  Account counted() {
    return lanes.counted;
  }

  /** This key in a lane; the empty name is the only lane of an API without lanes. */
  Lane lane(String name) {
    Lanes current = lanes;
    return name.isEmpty() ? current.unnamed() : current.named(name);
  }

  /**
   * Takes new settings. A changed secret clears what the old one was blamed for, disabled by Rotor,
   * errors and breakers; cool-downs and quotas are the account's, and stay.
   */
  void update(KeySettings next, Account account, Together together) {
    boolean changed = !next.secret().equals(settings.secret());
    settings = next;
    Lanes before = lanes;
    Account counted = before.counted == before.account ? account : before.counted;
    if (before.account != account
        || before.together != together
        || !sameBreakers(before.together, together)) {
      lanes = new Lanes(this, account, counted, together);
    }
    if (together.breakers() == null) {
      standing.clearErrors();
    }
    if (changed) {
      standing.clearBlame();
      health.reset();
      lanes.reset();
    }
  }

  private static boolean sameBreakers(Together one, Together other) {
    BreakerSettings first = one.breakers() == null ? null : one.breakers().settings();
    BreakerSettings second = other.breakers() == null ? null : other.breakers().settings();
    return first == null ? second == null : first.equals(second);
  }

  /** Belongs to an account from now on, as the provider has told; its own limits stay. */
  void join(Account told) {
    Lanes before = lanes;
    if (before.counted != told) {
      lanes = new Lanes(this, before.account, told, before.together);
    }
  }

  /** Forgets the lineups of before. */
  void unseat() {
    seats = NO_SEATS;
  }

  synchronized void seat(Lineup lineup, int place) {
    Seat[] more = Arrays.copyOf(seats, seats.length + 1);
    more[seats.length] = new Seat(lineup, place);
    seats = more;
  }

  private void wakeSeats() {
    for (Seat seat : seats) {
      seat.lineup().wake(seat.place());
    }
  }

  /**
   * Takes the key out because the provider refused its credential; one call probes it every five
   * minutes.
   */
  public void disable(String cause) {
    standing.refuse(cause, clock.nanoTime());
  }

  /** Takes back a {@link #disable}: the key was not to blame. */
  public void enable() {
    standing.clearBlame();
    comeBack();
  }

  /**
   * Takes the key out at a person's wish, until {@link #enableByHand}; attempts under way go on.
   * With durable state it stays so across restarts. May block on writing that down.
   */
  public void disableByHand() {
    standing.byHand(true);
  }

  /** Takes back a {@link #disableByHand}. */
  public void enableByHand() {
    standing.byHand(false);
    comeBack();
  }

  public boolean isDisabledByHand() {
    return standing.isByHand();
  }

  /**
   * Forgets, at a person's wish, what the key was blamed for: errors, breakers, a refused
   * credential. Limits, quotas and cool-downs stay: they are the provider's.
   */
  public void reset() {
    standing.clearBlame();
    health.reset();
    lanes.reset();
    comeBack();
  }

  private void comeBack() {
    wakeSeats();
    onFree.run();
  }

  /** How it stands now in a lane. */
  public KeyStatus status(String lane) {
    return lane(lane).status(clock.nanoTime());
  }

  KeyStatus standing() {
    KeySettings current = settings;
    if (!current.enabled() || current.secret().isMissing()) {
      return KeyStatus.DISABLED;
    }
    return standing.status();
  }

  /**
   * Takes a place for one attempt.
   *
   * @param lastResort no other key is usable: one that is in error will do
   */
  boolean tryEnter(long now, boolean lastResort) {
    KeySettings current = settings;
    if (!current.enabled() || current.secret().isMissing()) {
      return false;
    }
    if (standing.isClear()) {
      return takePlace(current.concurrent());
    }
    if (!standing.mayProbe(now, lastResort) || !takePlace(current.concurrent())) {
      return false;
    }
    if (!standing.tryProbe(now, lastResort)) {
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
    if (!current.enabled() || current.secret().isMissing() || standing.isByHand()) {
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
  boolean mayEnter(long now, boolean lastResort) {
    KeySettings current = settings;
    return current.enabled()
        && !current.secret().isMissing()
        && inFlight.get() < current.concurrent()
        && (standing.isClear() || standing.mayProbe(now, lastResort));
  }

  boolean isInError() {
    return standing.isInError();
  }

  /** Whether as many attempts are under way as it may have at once. */
  boolean isFull() {
    return inFlight.get() >= settings.concurrent();
  }

  void leave() {
    if (inFlight.getAndDecrement() >= settings.concurrent()) {
      wakeSeats();
    }
    onFree.run();
  }

  void succeeded(long elapsedNanos, long now) {
    health.succeeded(elapsedNanos, now);
    if (!standing.isClear() && standing.clearBlame()) {
      health.reset();
      wakeSeats();
    }
  }

  void failed(long now) {
    Breakers breakers = lanes.together.breakers();
    if (health.failed() && breakers != null) {
      standing.err(breakers.settings().open().toNanos(), now);
    }
  }

  long usableIn(long now) {
    KeySettings current = settings;
    if (!current.enabled() || current.secret().isMissing()) {
      return Lane.NOT_BY_TIME;
    }
    return standing.isClear() ? 0 : standing.usableIn(now);
  }

  @Nullable String whyDisabled() {
    if (!settings.enabled()) {
      return "is disabled in the configuration";
    }
    if (settings.secret().isMissing()) {
      return "has no secret (" + settings.secret().origin() + ")";
    }
    return standing.why();
  }

  /** The lanes under one account and one kind of breaker. */
  private static final class Lanes {
    private final Key key;
    private final Account account;
    private final Account counted;
    private final Together together;
    // made when it is asked for: breakers and buckets are classes that an empty start need not load
    private volatile @Nullable Lane unnamed;
    private final Map<String, Lane> named = new ConcurrentHashMap<>();

    Lanes(Key key, Account account, Account counted, Together together) {
      this.key = key;
      this.account = account;
      this.counted = counted;
      this.together = together;
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
      return new Lane(key, name, account, counted, together);
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
