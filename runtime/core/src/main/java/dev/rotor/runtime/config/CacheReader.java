package dev.rotor.runtime.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a cache: {@code answers: 5m}, or its settings by name. */
final class CacheReader {
  private CacheReader() {}

  static @Nullable CacheSettings read(String name, Setting setting) {
    if (setting.isText()) {
      Duration ttl = setting.duration(false);
      return ttl == null ? null : new CacheSettings(name, ttl, CacheSettings.DEFAULT_MAX_ENTRIES);
    }
    Section section = setting.section();
    if (section == null) {
      return null;
    }
    Duration ttl = section.duration("ttl", CacheSettings.DEFAULT_TTL, false);
    int maxEntries = section.count("max-entries", (int) CacheSettings.DEFAULT_MAX_ENTRIES, 1);
    section.done();
    return new CacheSettings(name, ttl, maxEntries);
  }
}
