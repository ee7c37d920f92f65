package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StrategyTest {

  private final FakeClock clock = new FakeClock();

  private KeyPool pool(String strategy, String keys) {
    String yaml =
        """
        apis:
          a:
            profile: generic-bearer
            hosts: [api.example.com]
            strategy: %s
            keys: %s
        """
            .formatted(strategy, keys);
    return new KeyPool(
        Objects.requireNonNull(Yaml.settings(yaml).apis().get("a")),
        PoolParts.of(new EngineMeters(), clock, () -> 0.5));
  }

  private Map<String, Integer> spread(KeyPool pool, int calls) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      Lane lane = Objects.requireNonNull(pool.tryAcquire(Need.ONE, clock.nanoTime()));
      counts.merge(lane.key().name(), 1, Integer::sum);
      lane.succeeded(0, clock.nanoTime());
    }
    return counts;
  }

  private void rest(KeyPool pool, String key) {
    pool.keys().stream()
        .filter(it -> it.name().equals(key))
        .forEach(it -> it.lane("").rest(clock.nanoTime() + 1_000_000_000, "test"));
  }

  private static final String THREE =
      "[{name: a, secret: x}, {name: b, secret: y}, {name: c, secret: z}]";

  private static final String GROUPS =
      "[{name: a, secret: x}, {name: b, secret: y}, {name: high, secret: z, priority: 5}]";

  @Test
  void roundRobinAsksEachKeyEquallyOften() {
    assertThat(spread(pool("round-robin", THREE), 300))
        .isEqualTo(Map.of("a", 100, "b", 100, "c", 100));
  }

  @Test
  void roundRobinPassesTheTurnOfARestingKeyOn() {
    KeyPool pool = pool("round-robin", THREE);
    rest(pool, "b");
    assertThat(spread(pool, 300)).containsOnlyKeys("a", "c");
  }

  @Test
  void priorityAsksTheHighestThatIsUsable() {
    assertThat(spread(pool("priority", GROUPS), 10)).isEqualTo(Map.of("high", 10));
  }

  @Test
  void priorityAsksEqualsEquallyOftenWhileTheHighestRests() {
    KeyPool pool = pool("priority", GROUPS);
    rest(pool, "high");
    assertThat(spread(pool, 100)).isEqualTo(Map.of("a", 50, "b", 50));
  }

  @Test
  void leastUsedEvensOutWhatWasUsedBefore() {
    KeyPool pool = pool("least-used", THREE);
    rest(pool, "b");
    rest(pool, "c");
    spread(pool, 50);
    clock.advance(Duration.ofSeconds(2));

    assertThat(spread(pool, 100)).isEqualTo(Map.of("b", 50, "c", 50));
    assertThat(spread(pool, 3)).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));
  }

  @Test
  void leastUsedCountsAttemptsUnderWay() {
    KeyPool pool = pool("least-used", THREE);
    Lane first = Objects.requireNonNull(pool.tryAcquire(Need.ONE, clock.nanoTime()));
    Lane second = Objects.requireNonNull(pool.tryAcquire(Need.ONE, clock.nanoTime()));
    Lane third = Objects.requireNonNull(pool.tryAcquire(Need.ONE, clock.nanoTime()));
    assertThat(List.of(first.key(), second.key(), third.key())).doesNotHaveDuplicates();
  }

  @Test
  void leastUsedPassesOverWhatCannotBeUsed() {
    KeyPool pool = pool("least-used", THREE);
    rest(pool, "a");
    rest(pool, "b");
    assertThat(spread(pool, 10)).isEqualTo(Map.of("c", 10));
    rest(pool, "c");
    assertThat(pool.tryAcquire(Need.ONE, clock.nanoTime())).isNull();
  }
}
