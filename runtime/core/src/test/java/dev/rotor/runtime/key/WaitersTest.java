package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.key.Waiters.Place;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WaitersTest {

  private final Waiters waiters = new Waiters();

  private Place enter(String lane) {
    return Objects.requireNonNull(waiters.enter(lane, 10));
  }

  @Test
  void theFirstInLineIsWokenFirst() {
    Place first = enter("");
    Place second = enter("");
    waiters.wake();
    assertThat(first.signal().isFired()).isTrue();
    assertThat(second.signal().isFired()).isFalse();
  }

  @Test
  void oneOfEachLaneIsWoken() {
    Place large = enter("large");
    Place largeToo = enter("large");
    Place small = enter("small");
    waiters.wake();
    assertThat(large.signal().isFired()).isTrue();
    assertThat(largeToo.signal().isFired()).isFalse();
    assertThat(small.signal().isFired()).isTrue();
  }

  @Test
  void whoWasWokenAndLeavesPassesTheWakeUpOn() {
    Place first = enter("");
    Place second = enter("");
    waiters.wake();
    waiters.leave(first);
    assertThat(second.signal().isFired()).isTrue();
  }

  @Test
  void whoLeavesUnwokenWakesNobody() {
    Place first = enter("");
    Place second = enter("");
    waiters.leave(first);
    assertThat(second.signal().isFired()).isFalse();
    assertThat(waiters.size()).isEqualTo(1);
  }

  @Test
  void whoWasWokenInVainKeepsItsTurn() {
    Place first = enter("");
    Place second = enter("");
    waiters.wake();
    Place again = waiters.enterAgain(first);
    assertThat(waiters.size()).isEqualTo(2);
    waiters.wake();
    assertThat(again.signal().isFired()).isTrue();
    assertThat(second.signal().isFired()).isFalse();
  }

  @Test
  void noMoreThanAllowedMayWait() {
    assertThat(waiters.enter("", 1)).isNotNull();
    assertThat(waiters.enter("", 1)).isNull();
    assertThat(waiters.size()).isEqualTo(1);
  }

  @Test
  void allAreWokenWhenTheKeysChange() {
    Place first = enter("");
    Place second = enter("");
    waiters.wakeAll();
    assertThat(first.signal().isFired()).isTrue();
    assertThat(second.signal().isFired()).isTrue();
  }
}
