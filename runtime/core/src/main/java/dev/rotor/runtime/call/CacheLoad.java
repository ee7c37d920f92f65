package dev.rotor.runtime.call;

import dev.rotor.runtime.policy.ValueCache;
import dev.rotor.runtime.time.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call's way through its site's cache: a hit, a load of its own, or a wait for the load of
 * another.
 */
final class CacheLoad {

  /** How long a call waits for another's load before it loads for itself. */
  static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

  private final Site site;
  private final ValueCache values;
  private final Object key;
  private boolean claimed;
  private boolean hit;
  private @Nullable Signal other;

  private CacheLoad(Site site, ValueCache values, Object key) {
    this.site = site;
    this.values = values;
    this.key = key;
  }

  /** Null when there is nothing to look for. */
  static @Nullable CacheLoad of(Site site, @Nullable Object key) {
    // the cache once, since a reload may give the site another, or none, before the load ends
    return key == null ? null : new CacheLoad(site, site.cache(), key);
  }

  /**
   * The cached value; null: the load is this call's now, or {@link #other} tells when it has ended.
   */
  @Nullable Object find() {
    Object cached = values.get(key);
    if (cached == null) {
      other = values.claim(key);
      claimed = other == null;
      if (claimed) {
        // a load may have ended between the look and the claim
        cached = values.get(key);
      }
    }
    hit = cached != null;
    return cached;
  }

  @Nullable Signal other() {
    return other;
  }

  boolean isHit() {
    return hit;
  }

  /** Whether this call loads what {@code that} looks for. */
  boolean isOfSame(CacheLoad that) {
    return claimed && site == that.site && key.equals(that.key);
  }

  /** Ends a load of its own, with its value; null is not kept. */
  void end(@Nullable Object value) {
    if (claimed) {
      values.loaded(key, value);
    }
  }
}
