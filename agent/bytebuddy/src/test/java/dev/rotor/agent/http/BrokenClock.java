package dev.rotor.agent.http;

import dev.rotor.runtime.time.Clock;
import java.time.Instant;

/** A clock that throws once it is broken: a fault planted inside the engine. */
public final class BrokenClock implements Clock {

  private volatile boolean broken;

  /** From now on every reading throws. */
  public void breakNow() {
    broken = true;
  }

  @Override
  public long nanoTime() {
    if (broken) {
      throw new IllegalStateException("planted");
    }
    return System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH;
  }
}
