package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real threads take and give back; what each key has under way is counted beside it. */
class ChoosingStressTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 20_000;
  private static final int KEYS = 30;
  private static final int AT_ONCE = 2;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "round-robin",
        "weighted",
        "priority",
        "least-used",
        "least-busy",
        "fastest",
        "nearest"
      })
  void noKeyHasMoreUnderWayThanAllowedAndNoneIsForgotten(String strategy) throws Exception {
    StringBuilder yaml =
        new StringBuilder("region: us-east-1\nstrategy: " + strategy + "\nkeys:\n");
    for (int i = 0; i < KEYS; i++) {
      yaml.append(
          "  - {name: \"%d\", secret: s%d, priority: %d, limits: {concurrent: %d}}\n"
              .formatted(i, i, 1 + i % 3, AT_ONCE));
    }
    PoolParts parts =
        PoolParts.of(
            new EngineMeters(), Clock.SYSTEM, () -> ThreadLocalRandom.current().nextDouble());
    KeyPool pool = new KeyPool(Pools.settings(yaml.toString()), parts);
    AtomicInteger[] underWay = new AtomicInteger[KEYS];
    for (int i = 0; i < KEYS; i++) {
      underWay[i] = new AtomicInteger();
    }
    AtomicReference<String> wrong = new AtomicReference<>();
    AtomicLong taken = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      SplittableRandom random = new SplittableRandom(t);
      Thread thread =
          new Thread(
              () -> {
                List<Lane> held = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                  if (held.size() < 12 && random.nextInt(5) < 3) {
                    Lane lane = pool.tryAcquire(Need.ONE, System.nanoTime());
                    if (lane != null) {
                      int now = underWay[place(lane)].incrementAndGet();
                      if (now > AT_ONCE) {
                        wrong.set("key " + lane.key().name() + " has " + now + " under way");
                      }
                      taken.incrementAndGet();
                      held.add(lane);
                    }
                  } else if (!held.isEmpty()) {
                    giveUp(held.remove(random.nextInt(held.size())), underWay);
                  }
                }
                held.forEach(lane -> giveUp(lane, underWay));
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(wrong.get()).isNull();
    assertThat(taken.get()).isGreaterThan(ROUNDS);
    // each is found again: no place was lost, and none was put to sleep for ever
    for (int i = 0; i < KEYS * AT_ONCE; i++) {
      assertThat(pool.tryAcquire(Need.ONE, System.nanoTime())).as("place %d", i).isNotNull();
    }
    assertThat(pool.tryAcquire(Need.ONE, System.nanoTime())).isNull();
    assertThat(pool.keys()).allMatch(key -> key.inFlight() == AT_ONCE);
    long counted = 0;
    for (Key key : pool.keys()) {
      counted += key.stats().calls();
    }
    assertThat(counted).isEqualTo(taken.get());
  }

  private static int place(Lane lane) {
    KeySettings settings = lane.key().settings();
    return Integer.parseInt(settings.name());
  }

  private static void giveUp(Lane lane, AtomicInteger[] underWay) {
    underWay[place(lane)].decrementAndGet();
    long now = System.nanoTime();
    lane.settle(Need.ONE, Spent.UNTOLD, now, now);
    lane.succeeded(1000, now);
  }
}
