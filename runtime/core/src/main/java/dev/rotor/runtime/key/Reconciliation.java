package dev.rotor.runtime.key;

/**
 * What a provider's answers come to when all attempts are over: the least that they told is what is
 * left, whatever was counted in between. Counting on is careful, and what it loses it would lose
 * until the window ends. Not thread-safe.
 */
final class Reconciliation {

  private static final long NOTHING = Long.MAX_VALUE;

  private final long since;
  private int underWay;
  private int taken;
  private int answered;
  private long least = NOTHING;

  /** Of a limit that is known from this instant on. */
  Reconciliation(long now) {
    this.since = now;
  }

  void took() {
    if (underWay == 0) {
      taken = 0;
      answered = 0;
      least = NOTHING;
    }
    underWay++;
    taken++;
  }

  void told(long remaining) {
    answered++;
    least = Math.min(least, remaining);
  }

  /** The window that was told has ended. */
  void forget() {
    least = NOTHING;
  }

  /** An attempt is over. */
  void ended(long takenAt) {
    if (takenAt - since >= 0 && underWay > 0) {
      underWay--;
    }
  }

  /** What is left by all answers; -1: not all are in, or not all told it. */
  long left() {
    return underWay == 0 && answered >= taken && least != NOTHING ? least : -1;
  }

  /** Whether answers that are on their way may show that there is more than was counted. */
  boolean mayFind(long amount) {
    return underWay > 0 && least != NOTHING && least >= amount;
  }
}
