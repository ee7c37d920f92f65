package dev.rotor.runtime.allowance;

/**
 * How far the counts of a lane's learned limits had come when an attempt began: its answer tells
 * what is left after these, and after some of what came later.
 */
public final class Reading {

  /** Stands for a count that was not taken. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private final LearnedAllowance of;
  private final long[] counted;

  Reading(LearnedAllowance of, long[] counted) {
    this.of = of;
    this.counted = counted;
  }

  boolean isOf(LearnedAllowance allowance) {
    return of == allowance;
  }

  /** Of the limit of this number; {@link #UNKNOWN}: it was not known yet. */
  long counted(int limit) {
    return limit < counted.length ? counted[limit] : UNKNOWN;
  }
}
