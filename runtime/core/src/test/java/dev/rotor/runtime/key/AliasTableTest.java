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
    assertShares(chances, drawn, DRAWS);
  }

  @Property(tries = 200)
  void soItIsWhenColumnsTakeTurns(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 100) Double> given) {
    double[] chances = given.stream().mapToDouble(it -> it).toArray();
    AliasTable table = new AliasTable(chances);
    int[] drawn = new int[chances.length];
    int rounds = DRAWS / chances.length;
    for (int round = 0; round < rounds; round++) {
      for (int column = 0; column < chances.length; column++) {
        drawn[table.draw(column, (round + 0.5) / rounds)]++;
      }
    }
    assertShares(chances, drawn, rounds * chances.length);
  }

  private static void assertShares(double[] chances, int[] drawn, int draws) {
    double sum = 0;
    for (double chance : chances) {
      sum += chance;
    }
    for (int i = 0; i < chances.length; i++) {
      double expected = sum > 0 ? chances[i] / sum : 1.0 / chances.length;
      assertThat(drawn[i] / (double) draws)
          .isCloseTo(expected, within(chances.length * 4.0 / draws));
    }
  }
}
