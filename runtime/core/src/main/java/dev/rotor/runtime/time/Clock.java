package dev.rotor.runtime.time;

import java.time.Instant;
import java.time.InstantSource;

/** Monotonic and wall-clock time. Thread-safe. */
public interface Clock extends InstantSource {

  /** The machine's own clocks. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant instant() {
          return Instant.now();
        }
      };

  /** Monotonic nanoseconds from an arbitrary origin, as {@link System#nanoTime}. */
  long nanoTime();
}
