package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Allowance;
import dev.rotor.runtime.allowance.LearnedAllowance;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Quota;
import dev.rotor.runtime.allowance.Spent;
import org.jspecify.annotations.Nullable;

/**
 * All that an attempt takes from beside a place: the limits of its key and its API, what was
 * learned of the lane's, and the quota. Thread-safe.
 */
final class LaneAllowances {

  private final Allowance[] limits;
  private final @Nullable Quota quota;
  private final SharedLane shared;

  LaneAllowances(Allowance[] limits, @Nullable Quota quota, SharedLane shared) {
    this.limits = limits;
    this.quota = quota;
    this.shared = shared;
  }

  /**
   * Takes from each, or from none.
   *
   * @param inDoubt whether it will do that learned limits may leave enough
   */
  boolean tryTake(Need need, long now, boolean inDoubt) {
    LearnedAllowance learned = shared.learned();
    // what is taken and given back is missing to others for a moment, so all are asked first
    if (limits.length + (learned == null ? 0 : 1) + (quota == null ? 0 : 1) > 1
        && (nanosToConfigured(need, now) > 0
            || (learned != null && !inDoubt && learned.nanosTo(need, now) > 0))) {
      return false;
    }
    int taken = 0;
    while (taken < limits.length && limits[taken].tryTake(need, now)) {
      taken++;
    }
    boolean all =
        taken == limits.length && (learned == null || learned.tryTake(need, now, inDoubt));
    // the quota last: what is taken of it and given back may have to be written down twice
    if (all && (quota == null || quota.tryTake(need, now))) {
      return true;
    }
    for (int before = 0; before < taken; before++) {
      limits[before].giveBack(need, now, now);
    }
    if (all && learned != null) {
      learned.giveBack(need, now, now);
    }
    return false;
  }

  void settle(Need need, Spent spent, long takenAt, long now) {
    for (Allowance limit : limits) {
      limit.settle(need, spent, takenAt, now);
    }
    LearnedAllowance learned = shared.learnedAt(takenAt);
    if (learned != null) {
      learned.settle(need, spent, takenAt, now);
    }
    if (quota != null) {
      quota.settle(need, spent, takenAt, now);
    }
  }

  /** Takes back what has just been taken. */
  void giveBack(Need need, long now) {
    settle(need, Spent.NOTHING, now, now);
  }

  /** As {@link Allowance#nanosTo}, of the one that takes longest. */
  long nanosTo(Need need, long now) {
    long configured = nanosToConfigured(need, now);
    LearnedAllowance learned = shared.learned();
    return learned == null ? configured : Math.max(configured, learned.nanosTo(need, now));
  }

  private long nanosToConfigured(Need need, long now) {
    long longest = quota == null ? 0 : quota.nanosTo(need, now);
    for (Allowance limit : limits) {
      longest = Math.max(longest, limit.nanosTo(need, now));
    }
    return longest;
  }

  /** What the least of the limits, as told or configured, has left, from 0 to 1. */
  double freeShareOfLimits(long now) {
    double free = 1;
    for (Allowance limit : limits) {
      free = Math.min(free, limit.freeShare(now));
    }
    LearnedAllowance learned = shared.learned();
    return learned == null ? free : Math.min(free, learned.freeShare(now));
  }

  /** What the quota has left, from 0 to 1. */
  double freeShareOfQuota(long now) {
    return quota == null ? 1 : quota.freeShare(now);
  }

  boolean isQuotaUsedUp(long now) {
    return quota != null && quota.nanosTo(Need.ONE, now) > 0;
  }

  /** For messages: why too little is left; null: enough is. */
  @Nullable String whyNot(Need need, long now) {
    Allowance slowest = slowest(need, now);
    return slowest == null ? null : slowest.whyNot(need, now);
  }

  private @Nullable Allowance slowest(Need need, long now) {
    long longest = nanosTo(need, now);
    for (Allowance limit : limits) {
      if (longest > 0 && limit.nanosTo(need, now) == longest) {
        return limit;
      }
    }
    if (quota != null && longest > 0 && quota.nanosTo(need, now) == longest) {
      return quota;
    }
    return longest > 0 ? shared.learned() : null;
  }
}
