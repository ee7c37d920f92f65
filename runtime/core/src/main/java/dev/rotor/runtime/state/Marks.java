package dev.rotor.runtime.state;

/** Marks of pages, as entries of a span that never ends. */
final class Marks {

  /** The end of the year 9999, which every way of writing dates has room for. */
  static final long FOR_EVER_MILLIS = 253_402_300_799_999L;

  private Marks() {}

  static Entry entry(String fullName, boolean marked) {
    return new Entry(fullName, 0, FOR_EVER_MILLIS, marked ? 1 : 0, 0, 0);
  }

  /** Whether it is the entry of a mark, set or not. */
  static boolean isOne(Entry entry) {
    return entry.start() == 0 && entry.end() == FOR_EVER_MILLIS;
  }

  static boolean isMarked(Entry entry) {
    return isOne(entry) && entry.granted() > 0;
  }
}
