package dev.rotor.runtime.key;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Each key in turn; one that is not usable passes its turn to the next. */
final class RoundRobin implements Strategy {

  private final AtomicInteger turn = new AtomicInteger();

  @Override
  public @Nullable Lane acquire(Key[] keys, String lane, long now) {
    return acquire(keys, 0, keys.length, lane, now);
  }

  /** The same among {@code keys[from]} up to, and without, {@code keys[to]}. */
  @Nullable Lane acquire(Key[] keys, int from, int to, String lane, long now) {
    int count = to - from;
    int first = Integer.remainderUnsigned(turn.getAndIncrement(), count);
    for (int i = 0; i < count; i++) {
      int at = first + i;
      Lane candidate = keys[from + (at < count ? at : at - count)].lane(lane);
      if (candidate.tryAcquire(now)) {
        return candidate;
      }
    }
    return null;
  }
}
