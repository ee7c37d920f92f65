package dev.rotor.runtime.key;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One key in one lane of its API: what an attempt takes, and gives back with an outcome.
 * Thread-safe.
 *
 * <p>Every lane that a {@link KeyPool} hands out is either given back, by {@link #giveBack}, or
 * settled once, by {@link #settle}, and then ended once, by {@link #succeeded}, {@link
 * #serviceFailed} or {@link #ended}.
 */
public final class Lane {

  /** What {@link #usableIn} says of a lane that no passing of time makes usable. */
  static final long NOT_BY_TIME = Allowance.NOT_BY_TIME;

  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Key key;
  private final String name;
  // what the file limits, and what the provider counts together, which may be more keys than that
  private final Account account;
  private final Account.SharedLane shared;
  private final Account.SharedLane counted;
  private final Account.SharedLane[] ofTheApi;
  private final Rest quotaRest;
  private final @Nullable Breakers breakers;
  // made at the first failure: until then there is nothing to break, and thousands of keys
  private volatile @Nullable CircuitBreaker breaker;
  private final int window;
  private final AtomicInteger successes = new AtomicInteger();
  // near enough: Resilience4j does not tell how long it stays open
  private volatile long openUntil;

  Lane(Key key, String name, Account limits, Account counted, Together together) {
    this.key = key;
    this.name = name;
    this.account = limits;
    this.shared = limits.lane(name);
    this.counted = counted.lane(name);
    this.ofTheApi = together.lanes(name);
    this.quotaRest = counted.quotaRest();
    this.breakers = together.breakers();
    this.window = breakers == null ? 0 : breakers.settings().window();
  }

  public Key key() {
    return key;
  }

  public String name() {
    return name;
  }

  /** The same for a key that may be in error, when no other is usable. */
  boolean tryAcquireAsLastResort(Need need, long now) {
    return tryAcquire(need, now, true);
  }

  /**
   * Takes a place and whatever else one attempt needs; false, with nothing taken, when it is not
   * usable now.
   */
  boolean tryAcquire(Need need, long now) {
    return tryAcquire(need, now, false);
  }

  private boolean tryAcquire(Need need, long now, boolean lastResort) {
    if (counted.rest().left(now) > 0 || quotaRest.left(now) > 0) {
      return false;
    }
    CircuitBreaker known = breaker;
    if (known == null && !isLimited()) {
      return key.tryEnter(now, lastResort);
    }
    // The place last: one that is taken and given back would wake a waiting call, whose look in
    // vain would wake the next, and so on without end.
    if (!key.mayEnter(now, lastResort) || (known != null && !known.tryAcquirePermission())) {
      return false;
    }
    boolean allowed = takeAll(need, now);
    if (allowed && key.tryEnter(now, lastResort)) {
      return true;
    }
    if (allowed) {
      settleAll(need, Spent.NOTHING, now, now);
    }
    if (known != null) {
      known.releasePermission();
    }
    return false;
  }

  private boolean isLimited() {
    return shared.limits().length > 0
        || account.quota() != null
        || counted.learned() != null
        || ofTheApi.length > 0;
  }

  private boolean takeAll(Need need, long now) {
    Allowance[] limits = shared.limits();
    if (!take(limits, need, now)) {
      return false;
    }
    LearnedAllowance learned = counted.learned();
    boolean others = learned == null || learned.tryTake(need, now);
    int apis = 0;
    while (others && apis < ofTheApi.length && take(ofTheApi[apis].limits(), need, now)) {
      apis++;
    }
    Quota quota = account.quota();
    // the quota last: what is taken of it and given back may have to be written down twice
    if (others && apis == ofTheApi.length && (quota == null || quota.tryTake(need, now))) {
      return true;
    }
    settle(limits, need, Spent.NOTHING, now, now);
    if (others && learned != null) {
      learned.giveBack(need, now, now);
    }
    for (int before = 0; before < apis; before++) {
      settle(ofTheApi[before].limits(), need, Spent.NOTHING, now, now);
    }
    return false;
  }

  /** All or nothing. */
  private static boolean take(Allowance[] from, Need need, long now) {
    for (int i = 0; i < from.length; i++) {
      if (!from[i].tryTake(need, now)) {
        for (int before = 0; before < i; before++) {
          from[before].giveBack(need, now, now);
        }
        return false;
      }
    }
    return true;
  }

  private static void settle(Allowance[] at, Need need, Spent spent, long takenAt, long now) {
    for (Allowance allowance : at) {
      allowance.settle(need, spent, takenAt, now);
    }
  }

  private void settleAll(Need need, Spent spent, long takenAt, long now) {
    settle(shared.limits(), need, spent, takenAt, now);
    LearnedAllowance learned = counted.learned();
    if (learned != null) {
      learned.settle(need, spent, takenAt, now);
    }
    for (Account.SharedLane all : ofTheApi) {
      settle(all.limits(), need, spent, takenAt, now);
    }
    Quota quota = account.quota();
    if (quota != null) {
      quota.settle(need, spent, takenAt, now);
    }
  }

  /**
   * Puts what an attempt has cost in the place of what was taken for it.
   *
   * @param need what it was acquired for
   * @param takenAt when
   */
  public void settle(Need need, Spent spent, long takenAt, long now) {
    if (isLimited()) {
      settleAll(need, spent, takenAt, now);
    }
  }

  /** Takes in what an answer tells of the provider's limits. */
  public void learn(List<LimitTold> told, long takenAt, long now) {
    counted.learn(told, takenAt, now);
  }

  /** The attempt worked, or failed for no fault of the service. */
  public void succeeded(long elapsedNanos, long now) {
    if (breakers != null) {
      tellSuccess(breaker, elapsedNanos);
    }
    key.succeeded(elapsedNanos, now);
    end(elapsedNanos);
  }

  /**
   * A closed breaker whose window holds nothing but successes stays as it is with one more, and
   * telling it costs more than taking a key. So successes are counted until they fill the window,
   * and that count begins anew at each failure. It may come out too low, never too high: a success
   * is counted before it is told, a failure after.
   */
  private void tellSuccess(@Nullable CircuitBreaker told, long elapsedNanos) {
    if (told != null && told.getState() != State.CLOSED) {
      successes.set(0);
    } else if (successes.get() >= window) {
      return;
    } else {
      successes.incrementAndGet();
    }
    if (told != null) {
      told.onSuccess(elapsedNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** The service failed: the breaker counts it. */
  public void serviceFailed(long elapsedNanos, long now) {
    if (breakers != null) {
      CircuitBreaker told = breaker(breakers);
      boolean wasOpen = told.getState() == State.OPEN;
      told.onError(elapsedNanos, TimeUnit.NANOSECONDS, new ServiceFailed());
      successes.set(0);
      if (!wasOpen && told.getState() == State.OPEN) {
        openUntil = now + breakers.settings().open().toNanos();
      }
    }
    key.failed(now);
    end(elapsedNanos);
  }

  private synchronized CircuitBreaker breaker(Breakers make) {
    CircuitBreaker known = breaker;
    if (known == null) {
      known = make.make(key.name() + "/" + name);
      for (int i = successes.get(); i > 0; i--) {
        known.onSuccess(0, TimeUnit.NANOSECONDS);
      }
      breaker = known;
    }
    return known;
  }

  /**
   * The attempt says nothing about the service's health: a limit, a refused credential, a cancel.
   */
  public void ended(long elapsedNanos) {
    CircuitBreaker told = breaker;
    if (told != null) {
      told.releasePermission();
    }
    end(elapsedNanos);
  }

  /** Nothing was attempted with it: takes back the acquisition, uncounted. */
  public void giveBack(Need need, long takenAt, long now) {
    settle(need, Spent.NOTHING, takenAt, now);
    CircuitBreaker told = breaker;
    if (told != null) {
      told.releasePermission();
    }
    key.leave();
  }

  /**
   * The same key for another need, for one attempt; null, with nothing taken, when it is not usable
   * for that now.
   *
   * @param held what it was acquired for
   */
  public @Nullable Lane tryMoveTo(Need other, Need held, long takenAt, long now) {
    if (other.equals(held)) {
      return this;
    }
    giveBack(held, takenAt, now);
    boolean fits = other.key() == null || other.key().equals(key.name());
    Lane moved = key.lane(other.lane());
    return fits && key.settings().serves(other.lane()) && moved.tryAcquire(other, now)
        ? moved
        : null;
  }

  /** Leaves a place with which nothing was attempted, and for which nothing else was taken. */
  public void leave() {
    key.leave();
  }

  private void end(long elapsedNanos) {
    key.stats().record(elapsedNanos);
    key.leave();
  }

  /** Cools this lane down, for all keys of the account. */
  public void rest(long untilNanos, String cause) {
    counted.rest().until(untilNanos, cause);
  }

  /** Rests all lanes of the account: its quota is used up. */
  public void restAccount(long untilNanos, String cause) {
    quotaRest.until(untilNanos, cause);
  }

  /** Whether {@link #tryAcquire} is worth trying; takes nothing. */
  boolean isUsable(Need need, long now) {
    return usableIn(need, now) == 0 && !key.isFull();
  }

  /**
   * Nanoseconds until time alone makes it usable; 0: it is, or a call that ends may make it so;
   * {@link #NOT_BY_TIME}.
   */
  long usableIn(Need need, long now) {
    long disabled = key.usableIn(now);
    if (disabled == NOT_BY_TIME) {
      return NOT_BY_TIME;
    }
    long wait = Math.max(disabled, Math.max(counted.rest().left(now), quotaRest.left(now)));
    CircuitBreaker known = breaker;
    if (wait <= 0 && known != null && known.getState() == State.OPEN) {
      return Math.max(openUntil - now, SOON_NANOS);
    }
    wait = Math.max(wait, longest(shared.limits(), need, now));
    LearnedAllowance learned = counted.learned();
    if (learned != null) {
      wait = Math.max(wait, learned.nanosTo(need, now));
    }
    for (Account.SharedLane all : ofTheApi) {
      wait = Math.max(wait, longest(all.limits(), need, now));
    }
    Quota quota = account.quota();
    if (quota != null) {
      wait = Math.max(wait, quota.nanosTo(need, now));
    }
    return Math.max(0, wait);
  }

  private static long longest(Allowance[] of, Need need, long now) {
    long longest = 0;
    for (Allowance allowance : of) {
      longest = Math.max(longest, allowance.nanosTo(need, now));
    }
    return longest;
  }

  /** What the least of its limits, as told or configured, has left, from 0 to 1. */
  double freeShareOfLimits(long now) {
    double free = counted.rest().left(now) > 0 ? 0 : 1;
    for (Allowance limit : shared.limits()) {
      free = Math.min(free, limit.freeShare(now));
    }
    LearnedAllowance learned = counted.learned();
    return learned == null ? free : Math.min(free, learned.freeShare(now));
  }

  /** What its quota has left, from 0 to 1. */
  double freeShareOfQuota(long now) {
    Quota quota = account.quota();
    double free = quota == null ? 1 : quota.freeShare(now);
    return quotaRest.left(now) > 0 ? 0 : free;
  }

  KeyStatus status(long now) {
    KeyStatus ofKey = key.standing();
    if (ofKey != KeyStatus.ACTIVE) {
      return ofKey;
    }
    Quota quota = account.quota();
    if (quotaRest.left(now) > 0 || (quota != null && quota.nanosTo(Need.ONE, now) > 0)) {
      return KeyStatus.QUOTA_EXCEEDED;
    }
    return usableIn(Need.ONE, now) > 0 ? KeyStatus.RATE_LIMITED : KeyStatus.ACTIVE;
  }

  /** For messages: why it cannot be used now. */
  String whyNot(Need need, long now) {
    String disabled = key.whyDisabled();
    if (disabled != null) {
      return disabled;
    }
    if (quotaRest.left(now) > 0) {
      return "rests for "
          + RateAllowance.time(quotaRest.left(now))
          + " ("
          + quotaRest.cause()
          + ")";
    }
    if (counted.rest().left(now) > 0) {
      return "cools down for "
          + RateAllowance.time(counted.rest().left(now))
          + " ("
          + counted.rest().cause()
          + ")";
    }
    CircuitBreaker known = breaker;
    if (known != null && known.getState() != State.CLOSED) {
      return "circuit breaker is open";
    }
    String limited = whyLimited(need, now);
    return limited != null ? limited : "is busy with " + key.inFlight() + " calls";
  }

  private @Nullable String whyLimited(Need need, long now) {
    Allowance slowest = slowest(shared.limits(), null, need, now);
    LearnedAllowance learned = counted.learned();
    if (learned != null) {
      slowest = slowest(new Allowance[] {learned}, slowest, need, now);
    }
    for (Account.SharedLane all : ofTheApi) {
      slowest = slowest(all.limits(), slowest, need, now);
    }
    Quota quota = account.quota();
    if (quota != null) {
      slowest = slowest(new Allowance[] {quota}, slowest, need, now);
    }
    return slowest == null ? null : slowest.whyNot(need, now);
  }

  private static @Nullable Allowance slowest(
      Allowance[] among, @Nullable Allowance before, Need need, long now) {
    Allowance slowest = before;
    long longest = before == null ? 0 : before.nanosTo(need, now);
    for (Allowance allowance : among) {
      long wait = allowance.nanosTo(need, now);
      if (wait > longest) {
        slowest = allowance;
        longest = wait;
      }
    }
    return slowest;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "key " + key : "key " + key + " in lane " + name;
  }

  void reset() {
    successes.set(0);
    breaker = null;
  }

  /** What the breaker is told; it never reaches the application. */
  private static final class ServiceFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ServiceFailed() {
      super("the service failed", null, false, false);
    }
  }
}
