package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.key.Waiters.Place;
import dev.rotor.runtime.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WaitersTest {

  private final Waiters waiters = new Waiters("apis.a", new FakeClock());

  private Place enter(Need need) {
    return Objects.requireNonNull(waiters.enter(need, 100, false));
  }

  private Place enter(Urgency urgency) {
    return enter(new Need("", 0, 0, urgency, null, null, null));
  }

  private Place looked(Place place) {
    place.rearm();
    return place;
  }

  @Test
  void whoComesFirstLooksAtOnceAndTheOthersSleep() {
    Place first = enter(Need.ONE);
    Place second = enter(Need.ONE);
    assertThat(first.isToLook()).isTrue();
    assertThat(first.signal().isFired()).isTrue();
    assertThat(second.isToLook()).isFalse();
    assertThat(second.signal().isFired()).isFalse();
  }

  @Test
  void aKeyThatBecomesFreeWakesTheFirstOfEachLine() {
    Place large = looked(enter(Need.of("large")));
    Place largeToo = enter(Need.of("large"));
    Place small = looked(enter(Need.of("small")));
    Place pinned = looked(enter(Need.of("large").by("k1")));

    waiters.wake();

    assertThat(large.signal().isFired()).isTrue();
    assertThat(largeToo.signal().isFired()).isFalse();
    assertThat(small.signal().isFired()).isTrue();
    assertThat(pinned.signal().isFired()).isTrue();
  }

  @Test
  void theFirstPlaceIsHandedOnWithAWakeUp() {
    Place first = looked(enter(Need.ONE));
    Place second = enter(Need.ONE);
    Place third = enter(Need.ONE);

    waiters.leave(first);

    assertThat(second.isToLook()).isTrue();
    assertThat(second.signal().isFired()).isTrue();
    assertThat(third.signal().isFired()).isFalse();
    assertThat(waiters.size()).isEqualTo(2);
  }

  @Test
  void whoLeavesFromFurtherBackWakesNobody() {
    Place first = looked(enter(Need.ONE));
    Place second = enter(Need.ONE);
    waiters.leave(second);
    assertThat(first.signal().isFired()).isFalse();
    assertThat(first.isToLook()).isTrue();
  }

  @Test
  void whatHappensAfterALookFiresAnew() {
    Place first = looked(enter(Need.ONE));
    assertThat(first.signal().isFired()).isFalse();
    waiters.wake();
    assertThat(first.signal().isFired()).isTrue();
  }

  @Test
  void aMoreUrgentCallTakesTheFirstPlace() {
    Place low = looked(enter(Urgency.LOW));
    Place high = enter(Urgency.HIGH);
    assertThat(high.isToLook()).isTrue();
    assertThat(high.signal().isFired()).isTrue();
    assertThat(low.isToLook()).isFalse();

    Place alsoHigh = enter(Urgency.HIGH);
    assertThat(alsoHigh.isToLook()).as("no more urgent than the first").isFalse();
  }

  @Test
  void theOrderIsByUrgencyAndThenByArrival() {
    List<Place> line = new ArrayList<>();
    line.add(enter(Urgency.LOW));
    line.add(enter(Urgency.MEDIUM));
    line.add(enter(Urgency.HIGH));
    line.add(enter(Urgency.MEDIUM));
    line.add(enter(Urgency.HIGH));

    assertThat(served(line)).containsExactly(2, 4, 1, 3, 0);
  }

  @Test
  void everyEighthPlaceIsTheOldestSoThatNobodyStarves() {
    List<Place> line = new ArrayList<>();
    line.add(enter(Urgency.LOW));
    for (int i = 1; i <= 20; i++) {
      line.add(enter(Urgency.HIGH));
    }
    assertThat(served(line).indexOf(0))
        .as("when the one of low urgency was served")
        .isEqualTo(WaitingLine.TURN_OF_THE_OLDEST);
  }

  private List<Integer> served(List<Place> line) {
    List<Integer> served = new ArrayList<>();
    while (waiters.size() > 0) {
      for (int i = 0; i < line.size(); i++) {
        if (!served.contains(i) && line.get(i).isToLook()) {
          served.add(i);
          waiters.leave(line.get(i));
          break;
        }
      }
    }
    return served;
  }

  @Test
  void whereKeysAreKeptForUrgentCallsTheFirstOfThoseLooksToo() {
    List<Place> line = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      line.add(Objects.requireNonNull(waiters.enter(Need.ONE, 100, true)));
    }
    for (int i = 0; i < 8; i++) {
      waiters.leave(line.get(i));
    }
    Place oldest = looked(line.get(8));
    assertThat(oldest.isToLook()).as("by age, so nobody takes its place").isTrue();

    Need urgent = new Need("", 0, 0, Urgency.HIGH, null, null, null);
    Place first = looked(Objects.requireNonNull(waiters.enter(urgent, 100, true)));
    Place second = looked(Objects.requireNonNull(waiters.enter(urgent, 100, true)));
    assertThat(first.isToLook()).isTrue();
    assertThat(second.isToLook()).isFalse();

    waiters.wake();
    assertThat(oldest.signal().isFired()).isTrue();
    assertThat(first.signal().isFired()).isTrue();
    waiters.leave(first);
    assertThat(second.signal().isFired()).isTrue();
  }

  @Test
  void noMoreThanAllowedMayWait() {
    assertThat(waiters.enter(Need.ONE, 1, false)).isNotNull();
    assertThat(waiters.enter(Need.of("other"), 1, false)).isNull();
    assertThat(waiters.size()).isEqualTo(1);
  }

  @Test
  void aLineIsForgottenWithItsLastCall() {
    Place only = enter(Need.ONE);
    assertThat(waiters.isAnyFor(Need.ONE)).isTrue();
    assertThat(waiters.isAnyFor(Need.of("other"))).isFalse();
    waiters.leave(only);
    assertThat(waiters.isAnyFor(Need.ONE)).isFalse();
    assertThat(enter(Need.ONE).isToLook()).isTrue();
  }
}
