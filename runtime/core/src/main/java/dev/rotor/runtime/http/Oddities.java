package dev.rotor.runtime.http;

import dev.rotor.runtime.key.Key;
import dev.rotor.runtime.observe.Stats;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what cannot be understood in the answers of an API, and warns of each kind once for each
 * key. Outlives reloads. Thread-safe; costs an answer without oddities one look at a map.
 */
public final class Oddities {

  private static final Logger LOG = LoggerFactory.getLogger(Oddities.class);

  /** More than a profile names headers and members; for each key. */
  static final int MOST_TOLD = 100;

  private final String api;
  private final Map<String, OfKey> keys = new ConcurrentHashMap<>();

  public Oddities(String api) {
    this.api = api;
  }

  /** What is to be told of each oddity in an answer to this key. */
  Consumer<Oddity> of(Key key) {
    OfKey known = keys.get(key.name());
    return known != null && known.stats == key.stats()
        ? known
        : keys.compute(
            key.name(),
            (name, old) ->
                new OfKey(
                    api,
                    name,
                    key.stats(),
                    old == null ? ConcurrentHashMap.newKeySet() : old.told));
  }

  private record OfKey(String api, String key, Stats stats, Set<Oddity> told)
      implements Consumer<Oddity> {

    @Override
    public void accept(Oddity oddity) {
      stats.event(Stats.Event.ODDITY);
      if (told.size() < MOST_TOLD && told.add(oddity)) {
        LOG.warn("apis.{}: key {}: {}. Told once.", api, key, oddity);
      }
    }
  }
}
