package dev.rotor.runtime.call;

import dev.rotor.runtime.key.KeyPool;
import dev.rotor.runtime.key.Waiters;
import dev.rotor.runtime.time.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A call's wait for the first usable key, within what {@code wait.max} and its deadline leave it,
 * and {@code wait.callers}.
 */
final class KeyWait {

  /** What the call does after it looked for a key in vain. */
  enum Step {
    LOOK_AGAIN,
    PAUSE,
    GIVE_UP,
    QUEUE_FULL
  }

  private final KeyPool keys;
  private final String lane;
  private final int callers;
  private final long start;
  private final long until;
  private Waiters.@Nullable Place place;
  private long pauseNanos;

  /**
   * Begins a wait.
   *
   * @param mostNanos how much longer the call may wait
   */
  KeyWait(KeyPool keys, String lane, int callers, long now, long mostNanos) {
    this.keys = keys;
    this.lane = lane;
    this.callers = callers;
    this.start = now;
    this.until = now + Math.max(0, mostNanos);
  }

  long startNanos() {
    return start;
  }

  Step step(long now) {
    KeyPool.Outlook outlook = keys.outlook(lane, now);
    long left = until - now;
    if (left <= 0 || (outlook.nanos() > left && !outlook.busy())) {
      return Step.GIVE_UP;
    }
    // in line first, then one more look, so that no wake-up falls between
    if (place == null) {
      place = keys.waiters().enter(lane, callers);
      return place == null ? Step.QUEUE_FULL : Step.LOOK_AGAIN;
    }
    if (place.signal().isFired()) {
      place = keys.waiters().enterAgain(place);
      return Step.LOOK_AGAIN;
    }
    pauseNanos = Math.min(outlook.nanos(), left);
    return Step.PAUSE;
  }

  long pauseNanos() {
    return pauseNanos;
  }

  @Nullable Signal signal() {
    return place == null ? null : place.signal();
  }

  void leave() {
    if (place != null) {
      keys.waiters().leave(place);
      place = null;
    }
  }
}
