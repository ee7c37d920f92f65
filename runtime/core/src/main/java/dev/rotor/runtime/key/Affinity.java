package dev.rotor.runtime.key;

/**
 * Which key calls keep that have something in common. It follows from what they share, so nothing
 * is remembered: the same after a restart, and in every process.
 */
final class Affinity {

  private static final long MULTIPLIER = 2862933555777941757L;

  private Affinity() {}

  /**
   * The place of what is shared among so many. One key more moves but few of them: Lamping and
   * Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014.
   */
  static int home(String shared, int places) {
    long state = mixed(shared);
    long place = -1;
    long next = 0;
    while (next < places) {
      place = next;
      state = state * MULTIPLIER + 1;
      next = (long) ((place + 1) * ((double) (1L << 31) / ((state >>> 33) + 1)));
    }
    return (int) place;
  }

  /** FNV-1a over the characters, 64 bits: {@link String#hashCode} has too many collisions. */
  private static long mixed(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash ^ (hash >>> 32);
  }
}
