package dev.rotor.runtime.state;

import org.jspecify.annotations.Nullable;

/**
 * What is written down of one line in one span.
 *
 * @param line the full name
 * @param start of the span, in milliseconds of the epoch
 * @param end likewise
 * @param granted how much may have been used by now
 * @param lease how much of that was not used when it was written; not 0 after an unclean end
 * @param lost how much of the leases was given up as used when processes ended uncleanly
 */
record Entry(String line, long start, long end, long granted, long lease, long lost) {

  /** The rest of it as one text, for the file. */
  String text() {
    return end + " " + granted + " " + lease + " " + lost;
  }

  /** Reads {@link #text}; null when it is none. */
  static @Nullable Entry parse(String line, long start, String text) {
    String[] numbers = text.split(" ", -1);
    if (numbers.length != 4) {
      return null;
    }
    try {
      Entry entry =
          new Entry(
              line,
              start,
              Long.parseLong(numbers[0]),
              Long.parseLong(numbers[1]),
              Long.parseLong(numbers[2]),
              Long.parseLong(numbers[3]));
      boolean sound = entry.end > start && entry.granted >= 0 && entry.lease >= 0;
      return sound && entry.lost >= 0 ? entry : null;
    } catch (NumberFormatException notOne) {
      return null;
    }
  }
}
