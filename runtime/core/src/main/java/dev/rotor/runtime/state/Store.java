package dev.rotor.runtime.state;

import java.util.List;

/** Where a ledger writes. Used by one thread at a time. */
interface Store extends AutoCloseable {

  /** All that is written of a line, in the order of the spans. */
  List<Entry> read(String line);

  /**
   * Writes all of these, or none; returns when they are safe from the end of this process and of
   * the machine.
   *
   * @param forgotten for each line, the instant before whose spans are to be forgotten
   */
  void write(List<Entry> entries, List<Forgotten> forgotten);

  /** All spans of a line that start before an instant are of no use any more. */
  record Forgotten(String line, long before) {}

  /** What is written of all lines. */
  List<Entry> all();

  @Override
  void close();
}
