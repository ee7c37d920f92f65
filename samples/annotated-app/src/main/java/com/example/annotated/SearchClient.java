package com.example.annotated;

import dev.rotor.annotations.Cached;
import dev.rotor.annotations.LimitBy;
import dev.rotor.annotations.RateLimited;
import java.util.List;

/** Search in memory: no API and no key, but a limit for each user, and a cache. */
public interface SearchClient {
  /** The entries that hold a word. */
  @RateLimited("search")
  List<String> search(@LimitBy String user, String word);

  /** The words that are worth searching for. */
  @Cached(ttl = "1m", maxEntries = 10)
  List<String> suggestions();
}
