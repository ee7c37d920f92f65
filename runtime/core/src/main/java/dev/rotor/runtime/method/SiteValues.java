package dev.rotor.runtime.method;

import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.policy.ValueCache;
import dev.rotor.runtime.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The cached values of one site, anew when a reload changes its settings. A front end keeps it
 * where it dies with the application's classes. Thread-safe.
 */
public final class SiteValues {

  private volatile @Nullable ValueCache cache;

  /** The values under these settings. */
  public ValueCache cache(CacheSettings settings) {
    ValueCache current = cache;
    if (current == null || !current.settings().equals(settings)) {
      current = renew(settings);
    }
    return current;
  }

  private synchronized ValueCache renew(CacheSettings settings) {
    ValueCache current = cache;
    if (current == null || !current.settings().equals(settings)) {
      current = new ValueCache(settings, Clock.SYSTEM);
      cache = current;
    }
    return current;
  }
}
