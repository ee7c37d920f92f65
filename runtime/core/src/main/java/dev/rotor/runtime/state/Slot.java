package dev.rotor.runtime.state;

import org.jspecify.annotations.Nullable;

/** One span of a line at work. Guarded by its page's lock. */
final class Slot {
  final String line;
  final long start;

  /** Changes with the settings. */
  long end;

  long used;

  /** When its use counts no more; changes with the settings. */
  long countsUntil;

  /** How far {@link #used} may go before more is written. */
  long granted;

  /** Of leases that were given up. */
  long lost;

  /** What stands in the store, as far as known. */
  @Nullable Entry written;

  private boolean merged;
  private long known;

  Slot(String line, long start, long end) {
    this.line = line;
    this.start = start;
    // an import may say anything, and ends are counted with
    this.end = Math.min(end, Marks.FOR_EVER_MILLIS);
  }

  /**
   * Takes over what the store has of this span, beyond what is known here. What was leased counts
   * as used: whoever leased it may have used it all before it died.
   */
  void merge(Entry found) {
    used += Math.max(0, found.granted() - known);
    if (!merged) {
      lost += found.lost() + found.lease();
    }
    written(found);
    granted = used;
  }

  /** This stands in the store now. */
  void written(Entry entry) {
    written = entry;
    known = entry.granted();
    merged = true;
  }

  /** The store is another, or was another's meanwhile. */
  void unload() {
    written = null;
    granted = used;
  }

  long free() {
    return granted - used;
  }

  /** What to write so that {@code lease} more may be used. */
  Entry entry(long lease) {
    return new Entry(line, start, end, used + lease, lease, lost);
  }
}
