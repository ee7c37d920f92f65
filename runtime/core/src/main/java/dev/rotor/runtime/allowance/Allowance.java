package dev.rotor.runtime.allowance;

/**
 * Something that an attempt takes from before it runs, and settles when it is known what it cost: a
 * limit, a learned limit, a quota. Thread-safe; never blocks; writes nothing on the caller's path.
 *
 * <p>What is taken is settled or given back exactly once.
 */
public interface Allowance {

  /** What {@link #nanosTo} says when no passing of time makes it possible. */
  long NOT_BY_TIME = Long.MAX_VALUE;

  /** Takes what is needed, all or nothing. */
  boolean tryTake(Need need, long now);

  /**
   * Nanoseconds until time alone makes {@link #tryTake} work; 0: it would work now, or something
   * other than time is about to make it work; {@link #NOT_BY_TIME}.
   */
  long nanosTo(Need need, long now);

  /** Puts what an attempt has cost in the place of what was taken for it at {@code takenAt}. */
  void settle(Need need, Spent spent, long takenAt, long now);

  /** What is left, as a share of the whole, from 0 to 1. */
  double freeShare(long now);

  /** For messages: what is used up, and what of it; asked when {@link #tryTake} has failed. */
  String whyNot(Need need, long now);

  /** Takes back what was taken and not used at all. */
  default void giveBack(Need need, long takenAt, long now) {
    settle(need, Spent.NOTHING, takenAt, now);
  }
}
