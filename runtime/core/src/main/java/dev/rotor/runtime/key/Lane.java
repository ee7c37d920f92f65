package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Allowance;
import dev.rotor.runtime.allowance.LearnedAllowance;
import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Quota;
import dev.rotor.runtime.allowance.RateAllowance;
import dev.rotor.runtime.allowance.Reading;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.observe.Stats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key in one lane of its API: what an attempt takes, and gives back with an outcome.
 * Thread-safe. A reload that changes what it takes from makes another; attempts under way settle
 * with the one that they took.
 *
 * <p>Every lane that a {@link KeyPool} hands out is either given back, by {@link #giveBack}, or
 * settled once, by {@link #settle}, and then ended once, by {@link #succeeded}, {@link #answered},
 * {@link #serviceFailed} or {@link #ended}.
 */
public final class Lane {

  /** What {@link #usableIn} says of a lane that no passing of time makes usable. */
  static final long NOT_BY_TIME = Allowance.NOT_BY_TIME;

  private static final int NOT_CALM = -1;

  private final Key key;
  private final SharedLane shared;
  private final @Nullable LaneBreaker breaker;
  private final Stats stats;
  private final boolean configured;
  // By its own word the breaker need not be told of successes of an untroubled key, until that is
  // pardoned once more. A thread that does not see it tells it once more.
  private int calmPardons = NOT_CALM;

  private final String name;
  private final Account account;
  private final LaneAllowances allowances;

  Lane(
      Key key,
      String name,
      Account account,
      Allowance[] limits,
      @Nullable Quota quota,
      @Nullable LaneBreaker breaker) {
    this.key = key;
    this.name = name;
    this.account = account;
    this.shared = account.lane(name);
    this.allowances = new LaneAllowances(limits, quota, shared);
    this.configured = limits.length > 0 || quota != null;
    this.breaker = breaker;
    this.stats = key.stats();
  }

  public Key key() {
    return key;
  }

  public String name() {
    return name;
  }

  /** Attempts of its key that are under way. */
  int inFlight() {
    return key.inFlight();
  }

  /** Attempts of its key that have ended. */
  long attempts() {
    return stats.calls();
  }

  /** What is asked of a key, the less the worse the other choice. */
  private enum Demand {
    GOOD_HEALTH,
    /** It may be in error. */
    ENOUGH_LEFT,
    /** As before, and what is left of learned limits may be used up by what is under way. */
    ANY_CHANCE
  }

  /**
   * Takes a place and whatever else one attempt needs; false, with nothing taken, when it is not
   * usable now.
   */
  boolean tryAcquire(Need need, long now) {
    return tryAcquire(need, now, Demand.GOOD_HEALTH);
  }

  /** The same for a key that may be in error, when no other is usable. */
  boolean tryAcquireAsLastResort(Need need, long now) {
    return tryAcquire(need, now, Demand.ENOUGH_LEFT);
  }

  /**
   * The same where it is not sure that learned limits leave enough, when a call is to be refused.
   */
  boolean tryAcquireInDoubt(Need need, long now) {
    return tryAcquire(need, now, Demand.ANY_CHANCE);
  }

  private boolean tryAcquire(Need need, long now, Demand demand) {
    if (shared.rest().left(now) > 0) {
      return false;
    }
    boolean limited = isLimited();
    boolean lastResort = demand != Demand.GOOD_HEALTH;
    if (!limited && (breaker == null || key.isUntroubled() || breaker.isClosed())) {
      return key.tryEnter(now, lastResort);
    }
    // The place last: one that is taken and given back would wake a waiting call, whose look in
    // vain would wake the next, and so on without end.
    if (!key.mayEnter(now, lastResort) || (breaker != null && !breaker.tryAcquire())) {
      return false;
    }
    boolean allowed = !limited || allowances.tryTake(need, now, demand == Demand.ANY_CHANCE);
    if (allowed && key.tryEnter(now, lastResort)) {
      return true;
    }
    if (allowed && limited) {
      allowances.giveBack(need, now);
    }
    if (breaker != null) {
      breaker.release();
    }
    return false;
  }

  private boolean isLimited() {
    return configured || shared.learned() != null;
  }

  /**
   * Puts what an attempt has cost in the place of what was taken for it.
   *
   * @param need what it was acquired for
   * @param takenAt when
   */
  public void settle(Need need, Spent spent, long takenAt, long now) {
    if (isLimited()) {
      allowances.settle(need, spent, takenAt, now);
      if (!spent.isUntold()) {
        // what is given back may be enough for a call that needs less
        key.wakeSeats();
      }
    }
  }

  /**
   * How what was learned stands for an attempt that has just been taken, for {@link KeyPool#learn};
   * null: nothing was learned yet.
   */
  public @Nullable Reading reading(long now) {
    LearnedAllowance learned = shared.learned();
    return learned == null ? null : learned.reading(now);
  }

  /** Takes in what an answer tells of the provider's limits; there may be more than was counted. */
  void learn(
      List<LimitTold> told,
      @Nullable Need need,
      @Nullable Reading reading,
      long takenAt,
      long now) {
    shared.learn(told, need, reading, takenAt, now);
    key.wakeSeats();
  }

  /** The attempt worked. */
  public void succeeded(long elapsedNanos, long now) {
    tellBreaker(elapsedNanos);
    key.succeeded(elapsedNanos, now);
    end(elapsedNanos);
  }

  /**
   * The attempt failed for a fault of the caller's: the service works, of the key it says little.
   */
  public void answered(long elapsedNanos) {
    tellBreaker(elapsedNanos);
    end(elapsedNanos);
  }

  private void tellBreaker(long elapsedNanos) {
    int pardons = key.pardons();
    if (breaker != null && !(calmPardons == pardons && key.isUntroubled())) {
      calmPardons = breaker.succeeded(elapsedNanos) ? pardons : NOT_CALM;
    }
  }

  /** The service failed: the breaker counts it. */
  public void serviceFailed(long elapsedNanos, long now) {
    if (breaker != null) {
      breaker.failed(elapsedNanos, now);
    }
    key.failed(now);
    end(elapsedNanos);
  }

  /**
   * The attempt says nothing about the service's health: a limit, a refused credential, a cancel.
   */
  public void ended(long elapsedNanos) {
    if (breaker != null) {
      breaker.release();
    }
    end(elapsedNanos);
  }

  /** Nothing was attempted with it: takes back the acquisition, uncounted. */
  public void giveBack(Need need, long takenAt, long now) {
    settle(need, Spent.NOTHING, takenAt, now);
    if (breaker != null) {
      breaker.release();
    }
    key.leave();
  }

  /** Leaves a place with which nothing was attempted, and for which nothing else was taken. */
  public void leave() {
    key.leave();
  }

  private void end(long elapsedNanos) {
    stats.record(elapsedNanos);
    key.leave();
  }

  /** Whether it will do for what is needed, usable or not. */
  public boolean fits(Need need) {
    return need.lane().equals(name) && key.fits(need);
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
    if (!key.fits(other)) {
      return null;
    }
    Lane moved = key.lane(other.lane());
    return moved.tryAcquire(other, now) ? moved : null;
  }

  /** Cools this lane down, for all keys of the account. */
  public void rest(long untilNanos, String cause) {
    shared.rest().until(untilNanos, cause);
  }

  /** Rests all lanes of the account: its quota is used up. */
  public void restAccount(long untilNanos, String cause) {
    account.rest(untilNanos, cause);
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
    long wait = Math.max(disabled, shared.rest().left(now));
    if (breaker != null) {
      wait = Math.max(wait, breaker.usableIn(now));
    }
    return Math.max(wait, allowances.nanosTo(need, now));
  }

  /** What the least of its limits, as told or configured, has left, from 0 to 1. */
  double freeShareOfLimits(long now) {
    return shared.rest().left(now) > 0 ? 0 : allowances.freeShareOfLimits(now);
  }

  /** What its quota has left, from 0 to 1. */
  double freeShareOfQuota(long now) {
    return account.quotaRest().left(now) > 0 ? 0 : allowances.freeShareOfQuota(now);
  }

  KeyStatus status(long now) {
    KeyStatus ofKey = key.standing();
    if (ofKey != KeyStatus.ACTIVE) {
      return ofKey;
    }
    if (account.quotaRest().left(now) > 0 || allowances.isQuotaUsedUp(now)) {
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
    Rest quotaRest = account.quotaRest();
    if (quotaRest.left(now) > 0) {
      return "rests for " + RateAllowance.time(quotaRest.left(now)) + because(quotaRest);
    }
    if (shared.rest().left(now) > 0) {
      return "cools down for "
          + RateAllowance.time(shared.rest().left(now))
          + because(shared.rest());
    }
    if (breaker != null && !breaker.isClosed()) {
      return "circuit breaker is open";
    }
    String lacking = allowances.whyNot(need, now);
    return lacking != null ? lacking : "is busy with " + key.inFlight() + " calls";
  }

  private static String because(Rest rest) {
    return " (" + rest.cause() + ")";
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "key " + key : "key " + key + " in lane " + name;
  }
}
