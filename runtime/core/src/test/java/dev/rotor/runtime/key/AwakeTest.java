package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwakeTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 128, 1000})
  void theNextIsFoundWhateverSleeps(int size) {
    Awake awake = new Awake(size);
    TreeSet<Integer> expected = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      expected.add(i);
    }
    Random random = new Random(size);
    for (int step = 0; step < 2000; step++) {
      int place = random.nextInt(size);
      if (random.nextBoolean()) {
        awake.sleep(place);
        expected.remove(place);
      } else {
        awake.wake(place);
        expected.add(place);
      }
      int from = random.nextInt(size);
      int to = from + random.nextInt(size - from + 1);
      Integer next = expected.ceiling(from);
      assertThat(awake.next(from, to)).isEqualTo(next == null || next >= to ? -1 : next);
    }
  }

  @Test
  void whoSleepsUntilAnInstantIsAwakeThenAndNotBefore() {
    Awake awake = new Awake(3);
    awake.sleepUntil(1, 100);
    awake.sleepUntil(2, 50);
    awake.wakeDue(49);
    assertThat(awake.isAwake(2)).isFalse();
    awake.wakeDue(50);
    assertThat(awake.isAwake(2)).isTrue();
    assertThat(awake.isAwake(1)).isFalse();
    awake.wakeDue(100);
    assertThat(awake.isAwake(1)).isTrue();
  }

  @Test
  void aClockThatHasNoOriginMayRunOver() {
    Awake awake = new Awake(1);
    awake.sleepUntil(0, Long.MIN_VALUE + 10);
    awake.wakeDue(Long.MAX_VALUE);
    assertThat(awake.isAwake(0)).isFalse();
    awake.wakeDue(Long.MIN_VALUE + 10);
    assertThat(awake.isAwake(0)).isTrue();
  }

  @Test
  void whoWasWokenEarlyMaySleepAgain() {
    Awake awake = new Awake(1);
    awake.sleepUntil(0, 100);
    awake.wake(0);
    awake.sleepUntil(0, 300);
    awake.wakeDue(100);
    assertThat(awake.isAwake(0)).as("a look too early does no harm").isTrue();
    awake.sleepUntil(0, 300);
    awake.wakeDue(299);
    assertThat(awake.isAwake(0)).isFalse();
    awake.wakeDue(300);
    assertThat(awake.isAwake(0)).isTrue();
  }
}
