package dev.rotor.runtime.key;

/**
 * What a provider's answers have told of what is left since a limit was last not in use. Counting
 * on between them is careful: it takes all for counted twice that may have been. Not thread-safe.
 */
final class Reconciliation {

  private static final long NOTHING = Long.MAX_VALUE;

  private final long since;
  private int underWay;
  private long least = NOTHING;

  /** Of a limit that is known from this instant on. */
  Reconciliation(long now) {
    this.since = now;
  }

  void took() {
    if (underWay == 0) {
      least = NOTHING;
    }
    underWay++;
  }

  void told(long remaining) {
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

  /** The least that an answer has told; -1: none has. */
  long least() {
    return least == NOTHING ? -1 : least;
  }

  /** Whether answers that are on their way may show that there is more than was counted. */
  boolean mayFind(long amount) {
    return underWay > 0 && least != NOTHING && least >= amount;
  }
}
