package dev.rotor.runtime.testing;

import dev.rotor.runtime.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when a test says so. Thread-safe. */
public final class FakeClock implements Clock {

  private static final Instant EPOCH = Instant.parse("2026-11-25T12:00:00Z");
  // below zero, as System.nanoTime may be
  private static final long ORIGIN = -5_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(ORIGIN);
  private final AtomicLong jumped = new AtomicLong();

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public Instant instant() {
    return EPOCH.plus(elapsed()).plusNanos(jumped.get());
  }

  /** Sets the wall clock forward, or back, while no time passes. */
  public void jump(Duration by) {
    jumped.addAndGet(by.toNanos());
  }

  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Since the clock was made. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos.get() - ORIGIN);
  }
}
