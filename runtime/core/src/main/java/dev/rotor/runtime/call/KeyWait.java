package dev.rotor.runtime.call;

import dev.rotor.runtime.config.WaitSettings;
import dev.rotor.runtime.key.KeyPool;
import dev.rotor.runtime.key.Waiters;
import dev.rotor.runtime.time.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A call's wait for the first usable key, within {@code wait.max}, {@code wait.callers} and its
 * deadline.
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
  private final long until;
  private Waiters.@Nullable Place place;
  private long pauseNanos;

  KeyWait(KeyPool keys, String lane, WaitSettings settings, long now, long deadline) {
    this.keys = keys;
    this.lane = lane;
    this.callers = settings.callers();
    long left = Math.min(settings.max().toNanos(), deadline - now);
    this.until = now + Math.max(0, left);
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
