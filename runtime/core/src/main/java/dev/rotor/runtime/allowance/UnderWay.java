package dev.rotor.runtime.allowance;

import java.util.concurrent.TimeUnit;

/**
 * How much attempts have taken that the provider may not have counted yet: a request that was sent
 * a while ago has got there, answered or not. Not thread-safe.
 */
final class UnderWay {

  /**
   * A request gets there within this time, or within twice this, as they are told apart by halves.
   */
  private static final long TRAVEL = TimeUnit.SECONDS.toNanos(1);

  private long young;
  private long youngSince;
  private long old;
  private long oldSince;
  private long counted;

  /** Counts what is taken from an instant on. */
  UnderWay(long now) {
    this.youngSince = now;
    this.oldSince = now;
  }

  /** Takes note of the time; before all else. */
  void age(long now) {
    long passed = now - youngSince;
    // threads come here a little out of order
    boolean isClockPutBack = passed < -TRAVEL;
    if (passed >= 2 * TRAVEL || isClockPutBack) {
      counted += old + young;
      old = 0;
      oldSince = now;
    } else if (passed >= TRAVEL) {
      counted += old;
      old = young;
      oldSince = youngSince;
    } else {
      return;
    }
    young = 0;
    youngSince = now;
  }

  void took(long amount, long now) {
    if (now - youngSince >= 0) {
      young += amount;
    } else {
      old += amount;
    }
  }

  /** What was taken then has come to this much. */
  void ended(long amount, long actual, long takenAt) {
    if (takenAt - youngSince >= 0) {
      young = Math.max(0, young - amount);
    } else if (takenAt - oldSince >= 0) {
      old = Math.max(0, old - amount);
    } else {
      // it is among what has got there, by its estimate
      counted += Math.max(0, actual - amount);
      return;
    }
    counted += actual;
  }

  /** What may not have got there. */
  long amount() {
    return young + old;
  }

  /** When the oldest of it was taken, or later. */
  long since() {
    return oldSince;
  }

  /** What has got there, ever, as far as known; it only grows. */
  long counted() {
    return counted;
  }
}
