package dev.rotor.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The whole configuration file, its includes and defaults merged in. */
public record Settings(
    Path file,
    Mode mode,
    Map<String, ApiSettings> apis,
    Map<String, LimitSettings> limits,
    Map<String, CacheSettings> caches,
    List<BindSettings> binds,
    Flags flags) {
  public Settings {
    apis = Map.copyOf(apis);
    limits = Map.copyOf(limits);
    caches = Map.copyOf(caches);
    binds = List.copyOf(binds);
  }
}
