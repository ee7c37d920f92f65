package dev.rotor.runtime.extension;

import java.util.List;

/**
 * A strategy of the user's own: {@code strategy: {class: com.acme.Cheapest}}. The class is public
 * and has a public constructor without parameters; each API, and each lane of it, has an instance.
 *
 * <p>It is called on the application's threads, many at a time, for each attempt: it must be
 * thread-safe, and must not block. What it throws is told once, and the first key is taken.
 */
@FunctionalInterface
public interface KeyStrategy {

  /**
   * Chooses a key.
   *
   * @param keys those that may be usable now, at least one, in the order of the file
   * @return the position in {@code keys} of the one to take; when it turns out not to be usable the
   *     others are tried in order
   */
  int choose(List<KeyView> keys);
}
