package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class AliasTableTest {

  private static final int DRAWS = 100_000;

  /** Random numbers that are spread evenly give each its share but for one step. */
  @Property(tries = 200)
  void eachIsDrawnAsOftenAsItsChanceSays(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 100) Double> given) {
    double[] chances = given.stream().mapToDouble(it -> it).toArray();
    AliasTable table = new AliasTable(chances);
    int[] drawn = new int[chances.length];
    for (int i = 0; i < DRAWS; i++) {
      drawn[table.draw((i + 0.5) / DRAWS)]++;
    }
    double sum = 0;
    for (double chance : chances) {
      sum += chance;
    }
    for (int i = 0; i < chances.length; i++) {
      double expected = sum > 0 ? chances[i] / sum : 1.0 / chances.length;
      assertThat(drawn[i] / (double) DRAWS)
          .isCloseTo(expected, within(chances.length * 4.0 / DRAWS));
    }
  }
}
