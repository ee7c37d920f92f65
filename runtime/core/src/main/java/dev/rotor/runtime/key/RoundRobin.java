package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import org.jspecify.annotations.Nullable;

/** Each key in turn; one that is not usable passes its turn to the next. */
final class RoundRobin implements Strategy {

  private final Turns turns = new Turns();

  @Override
  public @Nullable Lane acquire(Lineup lineup, Need need, long now) {
    int size = lineup.size();
    return lineup.firstUsable(0, size, turns.next(size), need, now);
  }
}
