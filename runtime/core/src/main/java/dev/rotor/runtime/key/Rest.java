package dev.rotor.runtime.key;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A cool-down: a rest until a known instant that never gets shorter. Thread-safe. */
final class Rest {

  /**
   * A rest that has not begun is over for a call, too, that read its clock before this was made.
   */
  private static final long LONG_AGO_NANOS = TimeUnit.HOURS.toNanos(1);

  private final AtomicLong until;
  private volatile String cause = "";

  Rest(long now) {
    until = new AtomicLong(now - LONG_AGO_NANOS);
  }

  /** Rests until {@code instant} on the monotonic clock, unless it rests for longer already. */
  void until(long instant, String why) {
    long before = until.getAndAccumulate(instant, (old, wanted) -> wanted - old > 0 ? wanted : old);
    if (instant - before > 0) {
      cause = why;
    }
  }

  /** Rests for as long as the other. */
  void atLeast(Rest other) {
    if (other != this) {
      until(other.until.get(), other.cause);
    }
  }

  /** Nanoseconds left; not positive when it does not rest. */
  long left(long now) {
    return until.get() - now;
  }

  String cause() {
    return cause;
  }
}
