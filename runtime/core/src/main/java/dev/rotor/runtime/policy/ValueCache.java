package dev.rotor.runtime.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.time.Clock;
import dev.rotor.runtime.time.Signal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cached values of one site, with one load at a time per key. Thread-safe.
 *
 * <p>A call that misses {@linkplain #claim claims} the load; others with the same key get the
 * claim's signal, wait for it and look again. Whoever holds a claim must end it with {@link
 * #loaded} or {@link #failed}, or the others wait for as long as they may.
 */
public final class ValueCache {

  private final CacheSettings settings;
  private final Cache<Object, Object> values;
  private final Map<Object, Signal> loads = new ConcurrentHashMap<>();

  /** Creates an empty cache. */
  public ValueCache(CacheSettings settings, Clock clock) {
    this.settings = settings;
    this.values =
        Caffeine.newBuilder()
            .maximumSize(settings.maxEntries())
            .expireAfterWrite(settings.ttl())
            .ticker(clock::nanoTime)
            .executor(Runnable::run)
            .build();
  }

  /** The settings it was made from, so that a reload can tell whether it still fits. */
  public CacheSettings settings() {
    return settings;
  }

  public @Nullable Object get(Object key) {
    return values.getIfPresent(key);
  }

  /**
   * Null: the load is the caller's now. Else the signal that the load under way fires when it ends.
   */
  public @Nullable Signal claim(Object key) {
    return loads.putIfAbsent(key, new Signal());
  }

  /**
   * Ends a claim with its value; null is not kept.
   *
   * @throws RuntimeException when the key's {@code equals} throws; the claim has ended all the same
   */
  public void loaded(Object key, @Nullable Object value) {
    try {
      if (value != null) {
        values.put(key instanceof ComposedValue composed ? composed.kept() : key, value);
      }
    } finally {
      failed(key);
    }
  }

  /** Ends a claim without a value; one of those who wait loads next. */
  public void failed(Object key) {
    Signal signal = loads.remove(key);
    if (signal != null) {
      signal.fire();
    }
  }
}
