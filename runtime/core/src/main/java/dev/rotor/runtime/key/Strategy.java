package dev.rotor.runtime.key;

import dev.rotor.runtime.config.StrategyKind;
import org.jspecify.annotations.Nullable;

/** Chooses a key among the usable ones. Thread-safe; never blocks. */
interface Strategy {

  /** Acquires a lane of one of {@code keys}; null when none is usable now. */
  @Nullable Lane acquire(Key[] keys, String lane, long now);

  /** The order in which the strategy wants to see its keys. */
  default Key[] arrange(Key[] keys) {
    return keys;
  }

  /** A new strategy of this kind. */
  static Strategy of(StrategyKind kind) {
    return switch (kind) {
      case ROUND_ROBIN -> new RoundRobin();
      case PRIORITY -> new Priority();
      case LEAST_USED -> new LeastUsed();
    };
  }
}
