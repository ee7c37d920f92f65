package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One credential of an API, at work. It outlives reloads: a pool keeps its keys by name and gives
 * them their new settings. Thread-safe.
 */
public final class Key {

  private record Seat(Lineup lineup, int place) {}

  private static final Seat[] NO_SEATS = {};

  // First what each attempt looks at, side by side, as what it counts is in its stats: of thousands
  // of keys few are in the processor's cache.

  private static final AtomicIntegerFieldUpdater<Key> IN_FLIGHT =
      AtomicIntegerFieldUpdater.newUpdater(Key.class, "inFlight");

  private volatile int inFlight;
  // how many attempts may be under way; 0: switched off, or without a secret
  private volatile int places;
  private volatile boolean untroubled;
  private volatile @Nullable AnswerTimes times;
  private final Runnable onFree;

  private final Clock clock;
  private final Stats stats;
  private final KeyHealth health = new KeyHealth();
  private final Standing standing;
  private final Map<String, LaneBreaker> breakers = new ConcurrentHashMap<>();

  private volatile KeySettings settings;
  private volatile KeyLanes lanes;
  private volatile Seat[] seats = NO_SEATS;
  // how often all that it was blamed for was forgotten
  private volatile int pardons;
  // guarded by this: how many of its breakers may be against it, or watch it closely
  private int troubles;

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
    this.places = places(settings);
    this.lanes = new KeyLanes(this, account, together);
    review();
  }

  private static int places(KeySettings settings) {
    return settings.enabled() && !settings.secret().isMissing() ? settings.concurrent() : 0;
  }

  /**
   * The hot path: it is not out, has no errors, and none of its breakers has a failure in its
   * window. A key that is not may be so all the same.
   */
  boolean isUntroubled() {
    return untroubled;
  }

  /** Another one whenever what it was blamed for, and made good, was forgotten. */
  int pardons() {
    return pardons;
  }

  /** After whatever may have changed that; whoever is last sees what all have changed. */
  private synchronized void review() {
    untroubled = troubles == 0 && standing.isClear() && health.isSpotless();
  }

  /** One of its breakers has something against it. */
  synchronized void trouble() {
    troubles++;
    review();
  }

  /** That breaker has no more. */
  synchronized void calm() {
    troubles--;
    review();
  }

  /** From now on it remembers how fast answers were. */
  void measure() {
    times = health.measure();
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
    return inFlight;
  }

  KeyHealth health() {
    return health;
  }

  Account account() {
    return lanes.account();
  }

  /** This key in a lane; the empty name is the only lane of an API without lanes. */
  Lane lane(String name) {
    return lanes.of(name);
  }

  /** Whether it will do for what is needed, usable or not. */
  boolean fits(Need need) {
    KeySettings it = settings;
    if (need.key() != null && !need.key().equals(it.name())) {
      return false;
    }
    // whoever names a key means it, whatever it is kept for
    boolean kept =
        need.key() != null
            || (Objects.equals(need.tier(), it.tier())
                && (it.urgency() == null || need.urgency().compareTo(it.urgency()) <= 0));
    return kept && it.serves(need.lane());
  }

  /**
   * Takes new settings. A changed secret clears what the old one was blamed for, disabled by Rotor,
   * errors and breakers; cool-downs and quotas are the account's, and stay.
   */
  void update(KeySettings next, Account account, Together together) {
    boolean changed = !next.secret().equals(settings.secret());
    settings = next;
    places = places(next);
    if (!lanes.isOf(account, together)) {
      lanes = new KeyLanes(this, account, together);
    }
    if (together.breakers() == null) {
      standing.clearErrors();
      breakers.values().forEach(LaneBreaker::retire);
      breakers.clear();
    }
    if (changed) {
      forgive();
    }
    review();
  }

  private void forgive() {
    standing.clearBlame();
    health.reset();
    breakers.values().forEach(LaneBreaker::reset);
    synchronized (this) {
      pardons++;
    }
    review();
  }

  /** The breaker of a lane, which goes on where the same settings make it; null: none is wanted. */
  @Nullable LaneBreaker breaker(String lane, @Nullable Breakers make) {
    if (make == null) {
      return null;
    }
    return breakers.compute(lane, (name, known) -> breaker(name, known, make));
  }

  private LaneBreaker breaker(String lane, @Nullable LaneBreaker known, Breakers make) {
    if (known != null && known.isMadeBy(make)) {
      return known;
    }
    if (known != null) {
      known.retire();
    }
    return new LaneBreaker(make, this, lane);
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

  /** Another look at it may pay, in whatever lineup it is. */
  void wakeSeats() {
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
    review();
  }

  /** Takes back a {@link #disable}: the key was not to blame. */
  public void enable() {
    standing.clearBlame();
    review();
    comeBack();
  }

  /**
   * Takes the key out at a person's wish, until {@link #enableByHand}; attempts under way go on.
   * With durable state it stays so across restarts. May block on writing that down.
   */
  public void disableByHand() {
    standing.byHand(true);
    review();
  }

  /** Takes back a {@link #disableByHand}. */
  public void enableByHand() {
    standing.byHand(false);
    review();
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
    forgive();
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
    return places == 0 ? KeyStatus.DISABLED : standing.status();
  }

  /**
   * Takes a place for one attempt.
   *
   * @param lastResort no other key is usable: one that is in error will do
   */
  boolean tryEnter(long now, boolean lastResort) {
    int most = places;
    if (untroubled || standing.isClear()) {
      return takePlace(most);
    }
    if (isFull() || !standing.tryProbe(now, lastResort)) {
      return false;
    }
    if (!takePlace(most)) {
      standing.probeAtOnce(now);
      return false;
    }
    return true;
  }

  /**
   * Takes a place even of a key that rests or is full; false: it is switched off or has no secret.
   */
  boolean enterAnyhow() {
    if (places == 0 || standing.isByHand()) {
      return false;
    }
    IN_FLIGHT.incrementAndGet(this);
    return true;
  }

  /**
   * A look in vain never counts itself in, not even for a moment: in that moment a call that was
   * woken would find the key taken, and nobody would wake it again.
   */
  private boolean takePlace(int most) {
    int taken = inFlight;
    while (taken < most) {
      if (IN_FLIGHT.compareAndSet(this, taken, taken + 1)) {
        return true;
      }
      taken = inFlight;
    }
    return false;
  }

  /** Whether {@link #tryEnter} is worth trying; takes nothing. */
  boolean mayEnter(long now, boolean lastResort) {
    return !isFull() && (untroubled || standing.isClear() || standing.mayProbe(now, lastResort));
  }

  boolean isInError() {
    return standing.isInError();
  }

  /** Whether as many attempts are under way as it may have at once. */
  boolean isFull() {
    return inFlight >= places;
  }

  void leave() {
    if (IN_FLIGHT.getAndDecrement(this) >= places) {
      wakeSeats();
    }
    onFree.run();
  }

  void succeeded(long elapsedNanos, long now) {
    AnswerTimes remembered = times;
    if (remembered != null) {
      remembered.succeeded(elapsedNanos, now);
    }
    if (untroubled) {
      return;
    }
    health.recovered();
    // of an attempt that began before the key was blamed nothing follows
    if (!standing.isClear() && standing.clearBlameSince(now - elapsedNanos)) {
      health.reset();
      wakeSeats();
    }
    review();
  }

  void failed(long now) {
    Breakers made = lanes.breakers();
    if (health.failed() && made != null) {
      standing.err(made.settings().open().toNanos(), now);
    }
    review();
  }

  long usableIn(long now) {
    if (places == 0) {
      return Lane.NOT_BY_TIME;
    }
    return untroubled || standing.isClear() ? 0 : standing.usableIn(now);
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

  @Override
  public String toString() {
    return name() + " (" + settings.secret().masked() + ")";
  }
}
