package dev.rotor.runtime.key;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Whose turn it is, 0, 1, 2 and so on. Threads count in stripes of their own, a cache line each, so
 * that they do not wait for one another's; each stripe begins elsewhere, and every other one goes
 * the other way round, so that one that has caught up with another does not stay with it.
 * Thread-safe.
 */
final class Turns {

  private static final int STRIPES = stripes();
  // ints in two cache lines, since processors fetch lines in pairs
  private static final int APART = 32;

  private final AtomicIntegerArray turns = new AtomicIntegerArray((STRIPES + 1) * APART);

  private static int stripes() {
    int wanted = Math.min(64, 4 * Runtime.getRuntime().availableProcessors());
    return Integer.highestOneBit(2 * wanted - 1);
  }

  /** The next turn among so many. */
  int next(int count) {
    int stripe = stripe();
    int turn = Integer.remainderUnsigned(turns.getAndIncrement((stripe + 1) * APART), count);
    // the stripe of the first thread begins at the first
    int start = (int) ((long) stripe * count / STRIPES);
    return (stripe & 1) == 0
        ? (start + turn < count ? start + turn : start + turn - count)
        : (start - turn >= 0 ? start - turn : start - turn + count);
  }

  private static int stripe() {
    // consecutive threads get different stripes
    return (int) (Thread.currentThread().getId() - 1) & (STRIPES - 1);
  }
}
