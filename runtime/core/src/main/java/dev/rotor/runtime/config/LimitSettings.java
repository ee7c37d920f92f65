package dev.rotor.runtime.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the calls of a site.
 *
 * @param burst how many calls may come at once
 * @param by which value has a limit of its own, such as {@code args[0].userId}; null: one for all
 * @param maxWait how long a call waits for its permit
 */
public record LimitSettings(
    String name,
    Rate rate,
    long burst,
    Algorithm algorithm,
    @Nullable String by,
    Duration maxWait) {
  /** How permits come back ({@code algorithm:}). */
  public enum Algorithm {
    /** Permits come back one by one, evenly. */
    TOKEN_BUCKET,
    /** All permits come back at once when their interval has passed. */
    FIXED_WINDOW
  }
}
