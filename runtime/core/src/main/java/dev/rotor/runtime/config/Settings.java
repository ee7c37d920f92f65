package dev.rotor.runtime.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration file, its includes and defaults merged in.
 *
 * @param replicas how many processes share the limits and quotas; those of keys and APIs are this
 *     process's part already
 * @param extensions the directory with jars of the user's own; null: none
 */
public record Settings(
    Path file,
    Mode mode,
    Map<String, ApiSettings> apis,
    Map<String, LimitSettings> limits,
    Map<String, CacheSettings> caches,
    List<BindSettings> binds,
    Flags flags,
    StateSettings state,
    int replicas,
    @Nullable Path extensions) {
  public Settings {
    apis = inOrder(apis);
    limits = inOrder(limits);
    caches = inOrder(caches);
    binds = List.copyOf(binds);
  }

  /** The order of the file decides which of two APIs owns a host that both list. */
  private static <T> Map<String, T> inOrder(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
