package dev.rotor.runtime.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose the ids of an API are that live in one account: each with the name of the key that made it.
 * The oldest are forgotten. Thread-safe; never blocks for long.
 */
public final class BoundIds {
  static final int MOST = 10_000;

  // Not Caffeine, which may drop the newest instead: it keeps what is asked for often, and an id is
  // asked for once, soon after it was made.
  private final Map<String, String> keys =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /** An answer to this key has made an id. */
  public synchronized void made(String id, String key) {
    keys.remove(id);
    keys.put(id, key);
  }

  /** The name of the key whose the id is; null: not known, or forgotten. */
  public synchronized @Nullable String keyOf(String id) {
    return keys.get(id);
  }

  /** How many are remembered. */
  public synchronized int size() {
    return keys.size();
  }
}
