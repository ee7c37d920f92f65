package dev.rotor.runtime.call;

import dev.rotor.runtime.allowance.Need;
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
  private final int callers;
  private long leftNanos;
  private long start;
  private long until;
  private boolean active;
  private Waiters.@Nullable Place place;
  private long pauseNanos;
  private boolean looked;
  private Need need = Need.ONE;

  /**
   * Creates what a call needs to wait, once or several times.
   *
   * @param mostNanos for all its waits together
   */
  KeyWait(KeyPool keys, int callers, long mostNanos) {
    this.keys = keys;
    this.callers = callers;
    this.leftNanos = mostNanos;
  }

  boolean isActive() {
    return active;
  }

  /**
   * Begins a wait that ends at {@code deadline} at the latest.
   *
   * @param wanted what keys are waited for
   */
  void begin(Need wanted, long now, long deadline) {
    active = true;
    looked = false;
    need = wanted;
    start = now;
    until = now + Math.max(0, Math.min(leftNanos, deadline - now));
  }

  /** Whether nothing is left of what it may wait. */
  boolean isUsedUp() {
    return leftNanos <= 0;
  }

  /** Whether it is not this call's to look for a key now. */
  boolean isBehindOthers() {
    return place != null && !place.isToLook();
  }

  /** What follows on a look in vain, or on none because others are to look first. */
  Step step(long now) {
    long left = until - now;
    if (place != null && left > 0 && isBehindOthers()) {
      // armed first, then asked again, so that no wake-up falls between
      place.rearm();
      if (isBehindOthers()) {
        pauseNanos = left;
        return Step.PAUSE;
      }
      return lookAgain();
    }
    if (place != null && left > 0 && place.signal().isFired()) {
      place.rearm();
      return lookAgain();
    }
    KeyPool.Outlook outlook = keys.outlook(need, now);
    if (outlook.usable() && !looked) {
      // somebody gave back what was lacking, and woke nobody
      looked = true;
      return Step.LOOK_AGAIN;
    }
    if (left <= 0 || (outlook.nanos() > left && !outlook.busy())) {
      return Step.GIVE_UP;
    }
    if (place == null) {
      // in line first, then one more look, so that no wake-up falls between
      place = keys.lineUp(need, callers);
      if (place == null) {
        return Step.QUEUE_FULL;
      }
      if (isBehindOthers()) {
        pauseNanos = left;
        return Step.PAUSE;
      }
      place.rearm();
      return lookAgain();
    }
    looked = false;
    pauseNanos = Math.min(outlook.nanos(), left);
    return Step.PAUSE;
  }

  private Step lookAgain() {
    looked = false;
    return Step.LOOK_AGAIN;
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
