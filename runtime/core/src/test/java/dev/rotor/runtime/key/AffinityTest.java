package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AffinityTest {

  private static final int CONVERSATIONS = 10_000;

  @Test
  void conversationsAreSpreadEvenly() {
    int[] counts = new int[10];
    for (int i = 0; i < CONVERSATIONS; i++) {
      counts[Affinity.home("conversation " + i, 10)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(850, 1150);
    }
  }

  @Test
  void oneKeyMoreMovesOnlyItsShare() {
    int moved = 0;
    for (int i = 0; i < CONVERSATIONS; i++) {
      String shared = "conversation " + i;
      int before = Affinity.home(shared, 10);
      int after = Affinity.home(shared, 11);
      if (before != after) {
        assertThat(after).as("nobody moves between old keys").isEqualTo(10);
        moved++;
      }
    }
    assertThat(moved).isBetween(CONVERSATIONS / 14, CONVERSATIONS / 9);
  }
}
