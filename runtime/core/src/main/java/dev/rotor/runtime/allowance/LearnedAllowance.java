package dev.rotor.runtime.allowance;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a provider tells of one lane of an account, counted on between its answers, so
 * that the lane is passed over before it is refused. Thread-safe, under a short lock of its own
 * once something was told; costs one read before.
 */
public final class LearnedAllowance implements Allowance {

  /** More than any provider has; a guard against names that an answer makes up. */
  private static final int MOST_LIMITS = 16;

  private static final LearnedLimit[] NONE = {};

  private final ReentrantLock lock = new ReentrantLock();
  private volatile LearnedLimit[] limits = NONE;

  /**
   * How it stands for an attempt that has just been taken and is about to be sent; null: nothing is
   * known yet.
   */
  public @Nullable Reading reading(long now) {
    if (limits == NONE) {
      return null;
    }
    lock.lock();
    try {
      LearnedLimit[] known = limits;
      long[] counted = new long[known.length];
      for (int i = 0; i < counted.length; i++) {
        counted[i] = known[i].counted(now);
      }
      return new Reading(this, counted);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Learns what the answer of an attempt tells.
   *
   * @param need what the attempt has taken; null: nothing
   * @param reading of when it was sent; null: none was taken
   * @param takenAt when the attempt took from this; the answer counts nothing that came after it
   *     for sure
   */
  public void learn(
      List<LimitTold> told,
      @Nullable Need need,
      @Nullable Reading reading,
      long takenAt,
      long now) {
    if (told.isEmpty()) {
      return;
    }
    Reading own = reading != null && reading.isOf(this) ? reading : null;
    lock.lock();
    try {
      for (LimitTold each : told) {
        if (LearnedLimit.isTelling(each)) {
          learn(each, need, own, takenAt, now);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void learn(
      LimitTold told, @Nullable Need need, @Nullable Reading reading, long takenAt, long now) {
    LearnedLimit[] known = limits;
    for (int i = 0; i < known.length; i++) {
      if (known[i].isOf(told)) {
        long counted = reading == null ? Reading.UNKNOWN : reading.counted(i);
        known[i].learn(told, need, counted, takenAt, now);
        return;
      }
    }
    if (known.length < MOST_LIMITS) {
      LearnedLimit[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = new LearnedLimit(told, takenAt, now);
      limits = more;
    }
  }

  @Override
  public boolean tryTake(Need need, long now) {
    return tryTake(need, now, false);
  }

  /**
   * Takes what is needed, all or nothing.
   *
   * @param inDoubt whether it will do that the newest answers leave enough, though what was under
   *     way when they were told may have used it up since
   */
  public boolean tryTake(Need need, long now, boolean inDoubt) {
    if (limits == NONE) {
      return true;
    }
    lock.lock();
    try {
      LearnedLimit[] known = limits;
      for (LearnedLimit limit : known) {
        if (inDoubt ? !limit.mayBeEnoughFor(need, now) : !limit.isEnoughFor(need, now)) {
          return false;
        }
      }
      for (LearnedLimit limit : known) {
        limit.take(need, now);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanosTo(Need need, long now) {
    if (limits == NONE) {
      return 0;
    }
    lock.lock();
    try {
      long longest = 0;
      for (LearnedLimit limit : limits) {
        longest = Math.max(longest, limit.nanosTo(need, now));
      }
      return longest;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settle(Need need, Spent spent, long takenAt, long now) {
    if (limits == NONE) {
      return;
    }
    lock.lock();
    try {
      for (LearnedLimit limit : limits) {
        limit.settle(need, spent, takenAt, now);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public double freeShare(long now) {
    if (limits == NONE) {
      return 1;
    }
    lock.lock();
    try {
      double least = 1;
      for (LearnedLimit limit : limits) {
        least = Math.min(least, limit.freeShare(now));
      }
      return least;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String whyNot(Need need, long now) {
    lock.lock();
    try {
      LearnedLimit worst = worst(need, now);
      return worst == null
          ? "is at a limit that its provider tells"
          : "is at the limit that its provider tells ("
              + worst.name()
              + ") for "
              + RateAllowance.time(worst.nanosTo(need, now));
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LearnedLimit worst(Need need, long now) {
    LearnedLimit worst = null;
    long longest = 0;
    for (LearnedLimit limit : limits) {
      long wait = limit.nanosTo(need, now);
      if (wait > longest) {
        longest = wait;
        worst = limit;
      }
    }
    return worst;
  }
}
