package dev.rotor.runtime.key;

import java.util.Arrays;

/**
 * Draws one of many by given chances in constant time: Walker's alias method, its table made as
 * Vose does (M. D. Vose, "A Linear Algorithm for Generating Random Numbers with a Given
 * Distribution", 1991). Immutable.
 */
final class AliasTable {

  /** A share of a column in the upper half of a long leaves its sign alone. */
  private static final double ONE = 1L << 31;

  // of each column the share that is its own, in parts of ONE, and in the lower half whose the
  // rest is: side by side, so that a draw looks at one place of memory
  private final long[] columns;

  /**
   * Creates a table.
   *
   * @param chances not negative, relative to one another; where all are zero, all are equal
   */
  AliasTable(double[] chances) {
    int size = chances.length;
    columns = new long[size];
    double sum = Arrays.stream(chances).sum();
    int[] small = new int[size];
    int[] large = new int[size];
    int smalls = 0;
    int larges = 0;
    double[] scaled = new double[size];
    for (int i = 0; i < size; i++) {
      scaled[i] = sum > 0 ? chances[i] * size / sum : 1;
      if (scaled[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    while (smalls > 0 && larges > 0) {
      int less = small[--smalls];
      int more = large[larges - 1];
      columns[less] = column(scaled[less], more);
      scaled[more] -= 1 - scaled[less];
      if (scaled[more] < 1) {
        larges--;
        small[smalls++] = more;
      }
    }
    // what is left on either side is one but for rounding
    while (larges > 0) {
      int rest = large[--larges];
      columns[rest] = column(1, rest);
    }
    while (smalls > 0) {
      int rest = small[--smalls];
      columns[rest] = column(1, rest);
    }
  }

  private static long column(double own, int other) {
    return (long) Math.min(ONE - 1, Math.ceil(own * ONE)) << 32 | other;
  }

  /**
   * One of them.
   *
   * @param random from 0 to 1
   */
  int draw(double random) {
    double at = random * columns.length;
    int column = Math.min(columns.length - 1, (int) at);
    return draw(column, at - column);
  }

  /**
   * One of them by a column that is chosen in turn: each still has its chance, and all are drawn
   * more evenly.
   *
   * @param random from 0 to 1
   */
  int draw(int column, double random) {
    long drawn = columns[column];
    return random * ONE < (drawn >>> 32) ? column : (int) drawn;
  }
}
