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
  private long leftNanos;
  private long start;
  private long until;
  private boolean active;
  private Waiters.@Nullable Place place;
  private long pauseNanos;

  /**
   * Creates what a call needs to wait, once or several times.
   *
   * @param mostNanos for all its waits together
   */
  KeyWait(KeyPool keys, String lane, int callers, long mostNanos) {
    this.keys = keys;
    this.lane = lane;
    this.callers = callers;
    this.leftNanos = mostNanos;
  }

  boolean isActive() {
    return active;
  }

  /** Begins a wait that ends at {@code deadline} at the latest. */
  void begin(long now, long deadline) {
    active = true;
    start = now;
    until = now + Math.max(0, Math.min(leftNanos, deadline - now));
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

  /** Ends a wait, with a key or without. */
  void leave(long now) {
    active = false;
    leftNanos -= now - start;
    if (place != null) {
      keys.waiters().leave(place);
      place = null;
    }
  }
}
