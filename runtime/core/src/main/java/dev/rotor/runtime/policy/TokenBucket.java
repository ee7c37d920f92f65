package dev.rotor.runtime.policy;

import dev.rotor.runtime.config.Rate;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that fills up evenly. Thread-safe, without locks.
 *
 * <p>Virtual scheduling, the generic cell rate algorithm of ITU-T I.371: all that is kept is the
 * instant at which the bucket will be full. Each permit moves it by the time that a permit takes to
 * come back, and a permit is there while that keeps it within the time that the whole takes.
 *
 * <p>The time of one permit is rounded up, so the bucket lets through a little less than its rate,
 * never more. To keep that little below a thousandth, rates of more than a permit in a microsecond
 * are counted in parts of nanoseconds; instants then wrap sooner, after a hundred days, and a
 * bucket that nobody asked for so long may be found empty.
 */
final class TokenBucket implements Meter {

  private static final long FINE_ENOUGH = 1024;
  private static final int MOST_SHIFT = 10;
  private static final long MOST_UNITS = 1L << 60;

  /** How many times a nanosecond is halved to give the unit of time. */
  private final int shift;

  private final long unitsPerPermit;
  private final long burst;
  private final long whole;
  private final long late;

  private final AtomicLong fullAt;

  /**
   * The furthest that reservations and costs have moved {@link #fullAt} ahead. Further than that it
   * can only be when the clock was put back.
   */
  private final AtomicLong mostAhead;

  // made for buckets that are given back to later than they were taken from
  private volatile @Nullable Lows lows;

  /** Creates a full bucket. */
  TokenBucket(Rate rate, long burst, long now) {
    long per = Meter.nanosPer(rate);
    int halvings = 0;
    while (halvings < MOST_SHIFT
        && per << halvings < MOST_UNITS / 2
        && (per << halvings) / rate.permits() < FINE_ENOUGH) {
      halvings++;
    }
    this.shift = halvings;
    this.unitsPerPermit = ((per << shift) - 1) / rate.permits() + 1;
    this.burst = Math.min(burst, MOST_UNITS / unitsPerPermit);
    this.whole = this.burst * unitsPerPermit;
    this.late = LATE_NANOS << shift;
    this.mostAhead = new AtomicLong(whole);
    this.fullAt = new AtomicLong(now << shift);
  }

  @Override
  public boolean take(long amount, long now) {
    return move(amount, now, 0) == 0;
  }

  @Override
  public long reserve(long amount, long now, long most) {
    return move(amount, now, most);
  }

  private long move(long amount, long now, long most) {
    long cost = cost(amount);
    if (cost == 0) {
      return 0;
    }
    long units = now << shift;
    while (true) {
      long seen = seen(units);
      long ahead = ahead(seen, units) + cost;
      long wait = nanos(ahead - whole);
      if (wait > 0) {
        if (wait > most) {
          return -1;
        }
        remember(ahead);
      }
      if (fullAt.compareAndSet(seen, units + ahead)) {
        see(units, ahead - cost);
        return wait;
      }
    }
  }

  @Override
  public long nanosTo(long amount, long now) {
    long cost = cost(amount);
    if (cost == 0) {
      return 0;
    }
    long units = now << shift;
    return nanos(ahead(seen(units), units) + cost - whole);
  }

  @Override
  public void settle(long taken, long cost, long takenAt, long now) {
    long difference = cost(cost) - cost(taken);
    if (difference == 0) {
      return;
    }
    long units = now << shift;
    if (difference > 0) {
      add(difference, units);
    } else {
      giveBack(-difference, cost(taken), Math.min(takenAt << shift, units), units);
    }
  }

  private void add(long amount, long units) {
    while (true) {
      long seen = seen(units);
      long ahead = ahead(seen, units);
      long next = Math.min(ahead + amount, MOST_UNITS);
      remember(next);
      if (fullAt.compareAndSet(seen, units + next)) {
        see(units, ahead);
        return;
      }
    }
  }

  /** What has come back by itself, while the bucket would have been full, is not had twice. */
  private void giveBack(long amount, long taken, long takenAt, long units) {
    if (takenAt == units) {
      giveBack(amount, units);
      return;
    }
    Lows known = lows;
    if (known == null) {
      known = new Lows(whole, units);
      lows = known;
    }
    long there = Math.min(amount, known.since(takenAt, taken, units));
    known.lower(takenAt, amount, units);
    if (there > 0) {
      giveBack(there, units);
    }
  }

  private void giveBack(long amount, long units) {
    while (true) {
      long seen = seen(units);
      long ahead = ahead(seen, units);
      if (ahead == 0) {
        return;
      }
      long next = Math.max(0, ahead - amount);
      if (fullAt.compareAndSet(seen, units + next)) {
        see(units, next);
        return;
      }
    }
  }

  private void see(long units, long ahead) {
    Lows known = lows;
    if (known != null) {
      known.see(units, ahead);
    }
  }

  @Override
  public double freeShare(long now) {
    long units = now << shift;
    return Math.max(0, 1 - (double) ahead(seen(units), units) / whole);
  }

  private long cost(long amount) {
    return amount <= 0 ? 0 : Math.min(amount, burst) * unitsPerPermit;
  }

  /** {@link #fullAt}, mended when the clock was put back: the bucket is then found empty. */
  private long seen(long now) {
    long seen = fullAt.get();
    while (seen - now > mostAhead.get() + late) {
      fullAt.compareAndSet(seen, now + whole);
      seen = fullAt.get();
    }
    return seen;
  }

  private static long ahead(long seen, long now) {
    return Math.max(0, seen - now);
  }

  private void remember(long ahead) {
    if (ahead > mostAhead.get()) {
      mostAhead.accumulateAndGet(ahead, Math::max);
    }
  }

  private long nanos(long units) {
    return units <= 0 ? 0 : ((units - 1) >> shift) + 1;
  }
}
