package dev.rotor.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * Picks what makes a limit's or a cache's key from a call. May run application code, and so may
 * throw.
 */
@FunctionalInterface
public interface Selector {

  /**
   * The key; null counts as a value of its own.
   *
   * @param arguments the call's own array, which nobody changes; the key may keep it
   */
  @Nullable Object select(@Nullable Object self, @Nullable Object @Nullable [] arguments);
}
