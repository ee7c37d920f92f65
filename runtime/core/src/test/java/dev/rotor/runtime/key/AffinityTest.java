package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AffinityTest {

  private static final int CONVERSATIONS = 10_000;

  private static Affinity ring(int... keys) {
    return new Affinity(Arrays.stream(keys).mapToObj(it -> "key-" + it).toArray(String[]::new));
  }

  @Test
  void conversationsAreSpreadEvenly() {
    Affinity ring = ring(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    int[] counts = new int[10];
    for (int i = 0; i < CONVERSATIONS; i++) {
      counts[ring.home("conversation " + i)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(600, 1500);
    }
  }

  @Test
  void aKeyThatComesOrGoesMovesOnlyItsShare() {
    Affinity ten = ring(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    Affinity withoutTheFirst = ring(2, 3, 4, 5, 6, 7, 8, 9, 10);
    int moved = 0;
    for (int i = 0; i < CONVERSATIONS; i++) {
      String shared = "conversation " + i;
      int before = ten.home(shared);
      if (before == 0) {
        moved++;
      } else {
        assertThat(withoutTheFirst.home(shared)).isEqualTo(before - 1);
      }
    }
    assertThat(moved).isBetween(600, 1500);
  }

  @Test
  void oneKeyAloneIsTheHomeOfAll() {
    assertThat(ring(1).home("anything")).isZero();
    assertThat(ring(1).home("")).isZero();
  }
}
