package dev.rotor.runtime.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which version of an API its requests go to.
 *
 * @param version of all requests that {@code byPath} says nothing about; null: the application's
 * @param byPath of some requests; the first that matches counts
 */
public record VersionSettings(@Nullable String version, List<ForPath> byPath) {
  /** Requests go to the version that the application names. */
  static final VersionSettings NONE = new VersionSettings(null, List.of());

  public VersionSettings {
    byPath = List.copyOf(byPath);
  }

  /** The version of the requests to these paths. */
  public record ForPath(PathPattern path, String version) {}
}
