package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.StrategySettings;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Chooses a key among those of a {@link Lineup}, which has one of its own. Thread-safe. */
interface Strategy {

  /** Acquires a lane of the lineup, which is not empty; null when none is usable now. */
  @Nullable Lane acquire(Lineup lineup, Need need, long now);

  /** The order in which it wants to see the keys; null: that of the file. */
  default @Nullable Comparator<Lane> order() {
    return null;
  }

  /** A strategy for one lineup. */
  static Strategy of(StrategySettings settings, PoolParts parts) {
    if (settings.ownClass() != null) {
      return new OwnStrategy(parts.extensions().strategy(settings.ownClass()), settings.ownClass());
    }
    return switch (settings.kind()) {
      case ROUND_ROBIN -> new RoundRobin();
      case WEIGHTED -> new Drawn(Scores::capacity, parts);
      case PRIORITY -> new Grouped(lane -> -lane.key().settings().priority());
      case LEAST_USED -> new Least(lane -> lane.attempts() + lane.inFlight());
      case LEAST_BUSY -> new Least(Lane::inFlight);
      case FASTEST -> new Drawn(Scores::overall, parts);
      case NEAREST -> new Grouped(lane -> settings.distance(lane.key().settings().region()));
    };
  }
}
