package dev.rotor.runtime.key;

import java.util.Arrays;

/**
 * Draws one of many by given chances in constant time: Walker's alias method, its table made as
 * Vose does (M. D. Vose, "A Linear Algorithm for Generating Random Numbers with a Given
 * Distribution", 1991). Immutable.
 */
final class AliasTable {

  private final double[] own;
  private final int[] alias;

  /**
   * Creates a table.
   *
   * @param chances not negative, relative to one another; where all are zero, all are equal
   */
  AliasTable(double[] chances) {
    int size = chances.length;
    own = new double[size];
    alias = new int[size];
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
      own[less] = scaled[less];
      alias[less] = more;
      scaled[more] -= 1 - scaled[less];
      if (scaled[more] < 1) {
        larges--;
        small[smalls++] = more;
      }
    }
    // what is left on either side is one but for rounding
    while (larges > 0) {
      own[large[--larges]] = 1;
    }
    while (smalls > 0) {
      own[small[--smalls]] = 1;
    }
  }

  /**
   * One of them.
   *
   * @param random from 0 to 1
   */
  int draw(double random) {
    double at = random * own.length;
    int column = Math.min(own.length - 1, (int) at);
    return at - column < own[column] ? column : alias[column];
  }
}
