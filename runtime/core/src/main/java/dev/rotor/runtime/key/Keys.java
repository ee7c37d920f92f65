package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.StrategyKind;
import dev.rotor.runtime.config.StrategySettings;
import dev.rotor.runtime.config.Urgency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of the keys of a pool, and those of them that will do for calls of each kind.
 * Thread-safe.
 */
final class Keys {

  /** Which keys will do: those of a lane, of a tier, for calls of an urgency. */
  private record Circle(String lane, @Nullable String tier, Urgency urgency) {}

  final Together together;
  final Key[] all;
  final Map<String, Key> byName = new HashMap<>();
  // whether some are kept for urgent calls
  final boolean reserved;
  private final StrategySettings strategy;
  private final PoolParts parts;
  // neither for those nor for tiers
  private final boolean alike;
  private final Lineup plain;
  private final Map<String, Lineup> byLane = new ConcurrentHashMap<>();
  private final Map<Circle, Lineup> byCircle = new ConcurrentHashMap<>();

  Keys(StrategySettings strategy, PoolParts parts, Together together, Key[] all) {
    this.strategy = strategy;
    this.parts = parts;
    this.together = together;
    this.all = all;
    boolean tiers = false;
    boolean urgencies = false;
    for (Key key : all) {
      byName.put(key.name(), key);
      key.unseat();
      tiers |= key.settings().tier() != null;
      urgencies |= key.settings().urgency() != null;
      if (strategy.kind() == StrategyKind.FASTEST || strategy.ownClass() != null) {
        key.measure();
      }
    }
    this.reserved = urgencies;
    this.alike = !tiers && !urgencies;
    this.plain = lineup("", null, Urgency.MEDIUM);
  }

  void wakeAll() {
    plain.wakeAll();
    byLane.values().forEach(Lineup::wakeAll);
    byCircle.values().forEach(Lineup::wakeAll);
  }

  /** Those that will do for a call. */
  Lineup lineup(Need need) {
    if (alike && need.tier() == null) {
      String lane = need.lane();
      if (lane.isEmpty()) {
        return plain;
      }
      Lineup known = byLane.get(lane);
      return known != null
          ? known
          : byLane.computeIfAbsent(lane, it -> lineup(it, null, Urgency.MEDIUM));
    }
    Circle circle = new Circle(need.lane(), need.tier(), need.urgency());
    Lineup known = byCircle.get(circle);
    return known != null
        ? known
        : byCircle.computeIfAbsent(circle, it -> lineup(it.lane(), it.tier(), it.urgency()));
  }

  private Lineup lineup(String lane, @Nullable String tier, Urgency urgency) {
    Need wanted = new Need(lane, 0, 0, urgency, null, tier, null);
    List<Lane> fitting = new ArrayList<>();
    for (Key key : all) {
      if (key.fits(wanted)) {
        fitting.add(key.lane(lane));
      }
    }
    return new Lineup(fitting.toArray(new Lane[0]), Strategy.of(strategy, parts));
  }

  /** The pinned key in its lane; null: it is not there, or does not serve that lane. */
  @Nullable Lane pinned(Need need) {
    Key only = byName.get(need.key());
    return only != null && only.fits(need) ? only.lane(need.lane()) : null;
  }
}
