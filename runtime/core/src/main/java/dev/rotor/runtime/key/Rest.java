package dev.rotor.runtime.key;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** A cool-down: a rest until a known instant that never gets shorter. Thread-safe. */
class Rest {

  /**
   * A rest that has not begun is over for a call, too, that read its clock before this was made.
   */
  private static final long LONG_AGO_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final AtomicLongFieldUpdater<Rest> UNTIL =
      AtomicLongFieldUpdater.newUpdater(Rest.class, "until");

  private volatile long until;
  private volatile String cause = "";

  Rest(long now) {
    until = now - LONG_AGO_NANOS;
  }

  /** Rests until {@code instant} on the monotonic clock, unless it rests for longer already. */
  void until(long instant, String why) {
    long before =
        UNTIL.getAndAccumulate(this, instant, (old, wanted) -> wanted - old > 0 ? wanted : old);
    if (instant - before > 0) {
      cause = why;
    }
  }

  /** Rests for as long as the other. */
  void atLeast(Rest other) {
    if (other != this) {
      until(other.until, other.cause);
    }
  }

  /** Nanoseconds left; not positive when it does not rest. */
  long left(long now) {
    return until - now;
  }

  String cause() {
    return cause;
  }
}
