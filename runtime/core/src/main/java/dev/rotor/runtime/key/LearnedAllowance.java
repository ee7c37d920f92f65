package dev.rotor.runtime.key;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a provider tells of one lane of an account, counted on between its answers, so
 * that the lane is passed over before it is refused. Thread-safe, under a short lock of its own
 * once something was told; costs one read before.
 */
final class LearnedAllowance implements Allowance {

  /** More than any provider has; a guard against names that an answer makes up. */
  private static final int MOST_LIMITS = 16;

  private static final LearnedLimit[] NONE = {};

  private final ReentrantLock lock = new ReentrantLock();
  private volatile LearnedLimit[] limits = NONE;

  /** Learns when it is not known when the attempt was sent. */
  void learn(List<LimitTold> told, long now) {
    learn(told, now, now);
  }

  /**
   * Learns what the answer of an attempt tells.
   *
   * @param takenAt when the attempt took from this; the answer counts nothing that came after it
   *     for sure
   */
  void learn(List<LimitTold> told, long takenAt, long now) {
    if (told.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (LimitTold each : told) {
        learn(each, takenAt, now);
      }
    } finally {
      lock.unlock();
    }
  }

  private void learn(LimitTold told, long takenAt, long now) {
    if (!LearnedLimit.isTelling(told)) {
      return;
    }
    LearnedLimit[] known = limits;
    for (LearnedLimit limit : known) {
      if (limit.isOf(told)) {
        limit.learn(told, takenAt, now);
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
    if (limits == NONE) {
      return true;
    }
    lock.lock();
    try {
      LearnedLimit[] known = limits;
      for (LearnedLimit limit : known) {
        if (!limit.isEnoughFor(need, now)) {
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

  /** Takes the answers' word for what is left; whether that is more than was counted. */
  boolean reconcile(long now) {
    boolean more = false;
    lock.lock();
    try {
      for (LearnedLimit limit : limits) {
        more |= limit.reconcile(now);
      }
    } finally {
      lock.unlock();
    }
    return more;
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
