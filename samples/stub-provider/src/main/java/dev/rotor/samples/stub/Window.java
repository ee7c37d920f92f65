package dev.rotor.samples.stub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much of a rate is used up. A sliding window forgets each use one interval after it; a fixed
 * one starts with the first use and forgets all at its end. Not thread-safe.
 */
final class Window {
  private record Use(Instant at, long amount) {}

  private final Rate rate;
  private final boolean sliding;
  private final Deque<Use> uses = new ArrayDeque<>();
  private long used;

  Window(Rate rate, boolean sliding) {
    this.rate = rate;
    this.sliding = sliding;
  }

  long limit() {
    return rate.count();
  }

  long remaining(Instant now) {
    forget(now);
    return Math.max(0, rate.count() - used);
  }

  void take(long amount, Instant now) {
    forget(now);
    uses.addLast(new Use(now, amount));
    used += amount;
  }

  /** How long until so much is free; zero: now. More than the limit counts as the limit. */
  Duration until(long amount, Instant now) {
    forget(now);
    long missing = used + Math.min(amount, rate.count()) - rate.count();
    if (missing <= 0) {
      return Duration.ZERO;
    }
    for (Use use : uses) {
      missing -= use.amount();
      if (missing <= 0 || !sliding) {
        return Duration.between(now, use.at().plus(rate.per()));
      }
    }
    return rate.per();
  }

  private void forget(Instant now) {
    Instant horizon = now.minus(rate.per());
    Use oldest = uses.peekFirst();
    while (oldest != null && !oldest.at().isAfter(horizon)) {
      if (!sliding) {
        uses.clear();
        used = 0;
        return;
      }
      used -= oldest.amount();
      uses.removeFirst();
      oldest = uses.peekFirst();
    }
  }
}
