package dev.rotor.runtime.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A store that ends with the process. */
final class MemoryStore implements Store {

  private final Map<String, NavigableMap<Long, Entry>> lines = new HashMap<>();

  @Override
  public List<Entry> read(String line) {
    NavigableMap<Long, Entry> entries = lines.get(line);
    return entries == null ? List.of() : List.copyOf(entries.values());
  }

  @Override
  public void write(List<Entry> entries, List<Forgotten> forgotten) {
    for (Forgotten old : forgotten) {
      NavigableMap<Long, Entry> known = lines.get(old.line());
      if (known != null) {
        known.headMap(old.before()).clear();
      }
    }
    for (Entry entry : entries) {
      lines.computeIfAbsent(entry.line(), it -> new TreeMap<>()).put(entry.start(), entry);
    }
  }

  @Override
  public List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    lines.values().stream()
        .map(NavigableMap::values)
        .forEach((Collection<Entry> it) -> all.addAll(it));
    return all;
  }

  @Override
  public void close() {}
}
