package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.testing.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A pool of API {@code a} in a time of its own, and what tests do with it. */
final class Pools {

  final FakeClock clock = new FakeClock();
  final PoolParts parts;
  final KeyPool pool;

  /** Random numbers are always the same sequence. */
  Pools(String more) {
    this(more, new Random(1)::nextDouble);
  }

  Pools(String more, DoubleSupplier random) {
    this.parts = PoolParts.of(new EngineMeters(), clock, random);
    this.pool = new KeyPool(settings(more), parts);
  }

  static ApiSettings settings(String more) {
    String yaml =
        "apis:\n  a:\n    profile: generic-bearer\n    hosts: [api.example.com]\n" + more.indent(4);
    return Objects.requireNonNull(Yaml.settings(yaml).apis().get("a"));
  }

  void update(String more) {
    pool.update(settings(more), parts);
  }

  @Nullable Lane tryTake(Need need) {
    return pool.tryAcquire(need, clock.nanoTime());
  }

  Lane take(Need need) {
    return Objects.requireNonNull(tryTake(need), () -> describe(need));
  }

  String describe(Need need) {
    return describe(pool, need, clock.nanoTime());
  }

  static String describe(KeyPool pool, Need need, long now) {
    return pool.describe(need, pool.outlook(need, now), now);
  }

  /** Takes one, has it succeed at once, and tells its name. */
  String use(Need need) {
    Lane lane = take(need);
    succeed(lane, need);
    return lane.key().name();
  }

  void succeed(Lane lane, Need need) {
    lane.settle(need, Spent.UNTOLD, clock.nanoTime(), clock.nanoTime());
    lane.succeeded(0, clock.nanoTime());
  }

  /** Has an answer tell of a lane's limits. */
  void tell(Lane lane, List<LimitTold> told) {
    pool.learn(lane, told, null, null, clock.nanoTime(), clock.nanoTime());
  }

  void fail(Lane lane, Need need) {
    lane.settle(need, Spent.UNTOLD, clock.nanoTime(), clock.nanoTime());
    lane.serviceFailed(0, clock.nanoTime());
  }

  Map<String, Integer> spread(Need need, int calls) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      counts.merge(use(need), 1, Integer::sum);
    }
    return counts;
  }

  Key key(String name) {
    return pool.keys().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  void rest(String key, long nanos) {
    key(key).lane("").rest(clock.nanoTime() + nanos, "test");
  }
}
