package dev.rotor.runtime.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a request names what calls that keep one key have in common: a request header, or a JSON
 * pointer into the body; exactly one is set.
 */
public record AffinitySource(@Nullable String header, @Nullable String body) {
  public AffinitySource {
    if ((header == null) == (body == null)) {
      throw new IllegalArgumentException("an affinity is named in a header or in the body");
    }
  }
}
