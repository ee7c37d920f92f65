package com.legacy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Search in a small catalogue in memory: all work and no input or output. Thread-safe. */
public final class SearchClient {
  private static final List<String> CATALOGUE =
      List.of("amber lamp", "blue kettle", "copper pan", "desk lamp", "espresso pot", "floor lamp");

  private final AtomicLong searches = new AtomicLong();

  /** Creates a client of the catalogue. */
  public SearchClient() {}

  /** The entries that hold a word, at most so many. */
  public List<String> search(String word, int most) {
    searches.incrementAndGet();
    List<String> found = new ArrayList<>();
    for (String entry : CATALOGUE) {
      if (found.size() < most && entry.contains(word.toLowerCase(Locale.ROOT))) {
        found.add(entry);
      }
    }
    return found;
  }

  /** How often the catalogue was really searched. */
  public long searches() {
    return searches.get();
  }
}
