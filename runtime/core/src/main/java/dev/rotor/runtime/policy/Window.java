package dev.rotor.runtime.policy;

import dev.rotor.runtime.config.Rate;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A window of time in which no more than the whole may be taken. Thread-safe, under a short lock of
 * its own.
 *
 * <p>A sliding window is cut into parts, and what is taken counts until its part has left the
 * window altogether. So there is never more than the whole in any window of that length, and what
 * was taken counts for one part too long at most. A fixed window has one part, and forgets all of
 * it at once.
 *
 * <p>The parts are a ring that ends with the newest one. That is in the future while something is
 * reserved there: whoever comes later comes behind it, so nothing older needs to be known.
 */
final class Window implements Meter {

  private static final int PARTS = 32;
  private static final long MOST = 1L << 58;

  private final ReentrantLock lock = new ReentrantLock();
  private final long whole;
  private final long partNanos;
  private final long[] parts;

  /** The index of the newest part, and the instant at which it begins. */
  private int newest;

  private long newestStart;
  private long used;
  private long latest;

  /** The instant for which the last reservation was made, when that has not come yet. */
  private long reservedFor;

  private Window(long whole, long partNanos, int parts, long now) {
    this.whole = Math.min(whole, MOST);
    this.partNanos = partNanos;
    this.parts = new long[parts];
    this.newestStart = now;
    this.latest = now;
    this.reservedFor = now;
  }

  static Window sliding(Rate rate, long now) {
    long per = Meter.nanosPer(rate);
    int parts = (int) Math.min(PARTS, per);
    // one more than fit, for the oldest is partly outside
    return new Window(rate.permits(), (per - 1) / parts + 1, parts + 1, now);
  }

  static Window fixed(Rate rate, long now) {
    return new Window(rate.permits(), Meter.nanosPer(rate), 1, now);
  }

  @Override
  public boolean take(long amount, long now) {
    if (amount <= 0) {
      return true;
    }
    lock.lock();
    try {
      advance(now);
      if (wait(amount, now) > 0) {
        return false;
      }
      add(Math.min(amount, whole));
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanosTo(long amount, long now) {
    if (amount <= 0) {
      return 0;
    }
    lock.lock();
    try {
      advance(now);
      return wait(amount, now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long reserve(long amount, long now, long most) {
    if (amount <= 0) {
      return 0;
    }
    lock.lock();
    try {
      advance(now);
      long wait = wait(amount, now);
      if (wait > 0) {
        if (wait > most) {
          return -1;
        }
        reservedFor = now + wait;
        moveTo(reservedFor);
      }
      add(Math.min(amount, whole));
      return wait;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settle(long taken, long cost, long takenAt, long now) {
    long difference = amount(cost) - amount(taken);
    if (difference == 0) {
      return;
    }
    lock.lock();
    try {
      advance(now);
      long back = newestStart - takenAt <= 0 ? 0 : (newestStart - takenAt - 1) / partNanos + 1;
      if (back >= parts.length) {
        return;
      }
      if (difference > 0) {
        long more = Math.min(difference, MOST * 4 - used);
        parts[index(back)] += more;
        used += more;
      } else {
        forget(-difference, back);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Who was late with its clock has taken in a newer part than it tells. Then the difference comes
   * off older ones, which are forgotten sooner.
   */
  private void forget(long amount, long from) {
    long left = amount;
    for (long back = from; back < parts.length && left > 0; back++) {
      int index = index(back);
      long here = Math.min(left, parts[index]);
      parts[index] -= here;
      used -= here;
      left -= here;
    }
  }

  @Override
  public double freeShare(long now) {
    lock.lock();
    try {
      advance(now);
      return Math.max(0, 1 - (double) used / whole);
    } finally {
      lock.unlock();
    }
  }

  private long amount(long amount) {
    return Math.max(0, Math.min(amount, whole));
  }

  private void add(long amount) {
    parts[newest] += amount;
    used += amount;
  }

  private int index(long back) {
    int index = newest - (int) back;
    return index < 0 ? index + parts.length : index;
  }

  private void advance(long now) {
    if (now - latest >= 0) {
      latest = now;
      moveTo(now);
    } else if (latest - now > LATE_NANOS) {
      // the clock was put back: all that is known keeps its age
      long jump = latest - now;
      newestStart -= jump;
      reservedFor -= jump;
      latest = now;
    }
  }

  private void moveTo(long instant) {
    long ahead = instant - newestStart;
    if (ahead < partNanos) {
      return;
    }
    long steps = ahead / partNanos;
    newestStart += steps * partNanos;
    for (long i = Math.min(steps, parts.length); i > 0; i--) {
      newest = newest + 1 == parts.length ? 0 : newest + 1;
      used -= parts[newest];
      parts[newest] = 0;
    }
  }

  private long wait(long amount, long now) {
    long missing = used + Math.min(amount, whole) - whole;
    if (missing <= 0) {
      return Math.max(0, reservedFor - now);
    }
    int back = parts.length;
    while (missing > 0) {
      back--;
      missing -= parts[index(back)];
    }
    return newestStart + (parts.length - back) * partNanos - now;
  }
}
