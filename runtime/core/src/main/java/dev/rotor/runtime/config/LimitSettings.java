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
  public LimitSettings {
    if (burst <= 0) {
      throw new IllegalArgumentException("burst must be above zero, not " + burst);
    }
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("maxWait must not be negative, but is " + maxWait);
    }
  }

  /**
   * The settings that an annotation gives in place.
   *
   * @param burst 0: as many as {@code permits}
   * @throws IllegalArgumentException when one is wrong; the message names the attribute
   */
  public static LimitSettings of(
      String name, long permits, String per, long burst, String maxWait) {
    Duration interval = attribute("per", per);
    if (permits <= 0 || interval.isZero()) {
      throw new IllegalArgumentException(
          "permits and per must be above zero, not " + permits + " and " + per);
    }
    return new LimitSettings(
        name,
        new Rate(permits, interval),
        burst == 0 ? permits : burst,
        Algorithm.TOKEN_BUCKET,
        null,
        attribute("maxWait", maxWait));
  }

  static Duration attribute(String name, String value) {
    try {
      return Durations.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** How permits come back ({@code algorithm:}). */
  public enum Algorithm {
    /** Permits come back one by one, evenly. */
    TOKEN_BUCKET,
    /** Each permit comes back when its interval has passed since it was taken. */
    SLIDING_WINDOW,
    /** All permits come back at once when their interval has passed. */
    FIXED_WINDOW
  }
}
