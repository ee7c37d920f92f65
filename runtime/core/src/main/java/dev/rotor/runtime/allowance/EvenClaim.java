package dev.rotor.runtime.allowance;

/**
 * Whether a limit that is said to fill up evenly does so, by what two answers tell. Each request
 * puts off the instant at which such a limit is full; where much was used in between and that
 * instant has hardly moved, all comes back at once. Proxies and compatible servers send a
 * provider's headers and count otherwise. Not thread-safe.
 */
final class EvenClaim {

  /** Fewer than this tell nothing where headers are rounded. */
  private static final long FEW = 4;

  private static final int SHARE = 8;

  private boolean begun;
  private long usedThen;
  private long fullThen;
  private long toldAt;

  /** Begins anew: the limit is another. */
  void reset() {
    begun = false;
  }

  /**
   * Takes in another answer.
   *
   * @param used of the whole
   * @param sent when its request was sent, which the provider has counted then or later
   * @param nanos until all is back, as it tells
   * @return true: the limit does not fill up evenly
   */
  boolean isRefutedBy(long used, long whole, long sent, long nanos, long now) {
    if (!begun || now - toldAt < 0) {
      begin(used, sent + nanos, now);
      return false;
    }
    if (sent - toldAt < 0) {
      // it may tell of what was before
      return false;
    }
    long more = used - usedThen;
    if (more > 0 && more < Math.max(FEW, whole / SHARE)) {
      return false;
    }
    // twice as steep or half is no proof: what is told is rounded
    double least = more * (nanos / (double) used) / 2;
    boolean refuted = more > 0 && now + nanos - fullThen < least;
    begin(used, sent + nanos, now);
    return refuted;
  }

  private void begin(long used, long full, long now) {
    begun = true;
    usedThen = used;
    fullThen = full;
    toldAt = now;
  }
}
