package dev.rotor.runtime.config;

import java.time.Duration;

/** A cache of a site's values: how long and how many; both are above zero. */
public record CacheSettings(String name, Duration ttl, long maxEntries) {
  public static final Duration DEFAULT_TTL = Duration.ofMinutes(5);
  public static final long DEFAULT_MAX_ENTRIES = 1000;

  public CacheSettings {
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl must be above zero, not " + ttl);
    }
    if (maxEntries <= 0) {
      throw new IllegalArgumentException("maxEntries must be above zero, not " + maxEntries);
    }
  }

  /**
   * The settings that an annotation gives in place.
   *
   * @throws IllegalArgumentException when one is wrong; the message names the attribute
   */
  public static CacheSettings of(String name, String ttl, long maxEntries) {
    return new CacheSettings(name, LimitSettings.attribute("ttl", ttl), maxEntries);
  }
}
