package dev.rotor.runtime.config;

import java.time.Duration;

/** Waiting for a key when none is usable: how long, and how many calls at once. */
public record WaitSettings(Duration max, int callers) {
  public static final WaitSettings DEFAULT = new WaitSettings(Duration.ofSeconds(2), 100);
}
