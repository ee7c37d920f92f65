package dev.rotor.runtime.policy;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How near to full a bucket was of late, in parts of its time: the least that its full instant lay
 * ahead. What is given back late counts only as far as the bucket was never nearer to full than
 * that, since a bucket that is full gains nothing. Thread-safe, without locks; what races is a
 * little too low at worst, or lacks one take.
 */
final class Lows {

  private static final int PARTS = 16;
  private static final int PARTS_OF_THE_WHOLE = 4;

  private record Low(long part, long ahead) {
    Low lessBy(long amount) {
      return new Low(part, Math.max(0, ahead - amount));
    }
  }

  private final AtomicReferenceArray<@Nullable Low> lows = new AtomicReferenceArray<>(PARTS);
  private final long length;
  // before this nothing is known
  private final long begun;

  /**
   * Creates one that knows of nothing before now.
   *
   * @param whole the time in which the bucket fills up
   */
  Lows(long whole, long now) {
    this.length = Math.max(1, whole / PARTS_OF_THE_WHOLE);
    this.begun = part(now);
  }

  private long part(long instant) {
    return Math.floorDiv(instant, length);
  }

  private static int index(long part) {
    return (int) Math.floorMod(part, (long) PARTS);
  }

  /** The bucket is that far from full, before it is taken from or after it was given back. */
  void see(long now, long ahead) {
    long part = part(now);
    int index = index(part);
    while (true) {
      Low seen = lows.get(index);
      if (seen != null && (seen.part() > part || (seen.part() == part && seen.ahead() <= ahead))) {
        return;
      }
      if (lows.compareAndSet(index, seen, new Low(part, ahead))) {
        return;
      }
    }
  }

  /**
   * The least since an attempt took {@code own}, which by itself keeps the bucket from being full
   * for that time.
   */
  long since(long takenAt, long own, long now) {
    long alone = own - (now - takenAt);
    long first = part(takenAt);
    long last = part(now);
    if (last - first >= PARTS) {
      return Math.max(0, alone);
    }
    long firstEnd = Math.min(now, (first + 1) * length);
    long least = Math.max(low(first), own - (firstEnd - takenAt));
    for (long part = first + 1; part <= last; part++) {
      least = Math.min(least, low(part));
    }
    return Math.max(0, Math.max(least, alone));
  }

  private long low(long part) {
    Low low = lows.get(index(part));
    if (low != null && low.part() == part) {
      return low.ahead();
    }
    // of a part in which nothing was taken the next one that something was taken in tells
    return part <= begun ? 0 : Long.MAX_VALUE;
  }

  /** That much less was taken then than was counted. */
  void lower(long takenAt, long amount, long now) {
    long last = part(now);
    for (long part = Math.max(part(takenAt), last - PARTS + 1); part <= last; part++) {
      int index = index(part);
      Low seen = lows.get(index);
      while (seen != null
          && seen.part() == part
          && !lows.compareAndSet(index, seen, seen.lessBy(amount))) {
        seen = lows.get(index);
      }
    }
  }
}
