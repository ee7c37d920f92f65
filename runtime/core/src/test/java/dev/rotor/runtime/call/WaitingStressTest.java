package dev.rotor.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import dev.rotor.runtime.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real threads and real waits: whoever waits for a key gets it. A wake-up that was lost would end a
 * call after ten minutes, so that the test would not end in its time.
 */
class WaitingStressTest {

  private static final int THREADS = 16;
  private static final int CALLS = 400;

  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();

  @ParameterizedTest
  @CsvSource({"1, 1, false", "1, 1, true", "2, 1, false", "2, 2, true", "3, 1, true"})
  void everyCallGetsAKeyAndNoKeyMoreCallsThanAllowed(int keys, int concurrent, boolean timer)
      throws Exception {
    String yaml =
        Yaml.api(keys, "wait: {max: 10m, callers: 1000}", "circuit-breaker: off")
            .replace("}\n      -", ", limits: {concurrent: " + concurrent + "}}\n      -")
            .replace("secret-of-k" + keys + "}", "last, limits: {concurrent: " + concurrent + "}}");
    Rotor rotor = new Rotor(Yaml.settings(yaml));
    TestSite site = new TestSite("s", true, Clock.SYSTEM, Plan.rotating(rotor.apis().get(0), true));
    // one call for each thread a round: with more, the next would mend what the last one lost
    CyclicBarrier rounds = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      String lane = "lane-" + t % 3;
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < CALLS; i++) {
                  rounds.await(60, TimeUnit.SECONDS);
                  Call call = Objects.requireNonNull(rotor.interception().begin(site, null, null));
                  call.need(Need.of(lane));
                  if (timer) {
                    CountDownLatch done = new CountDownLatch(1);
                    call.detach();
                    drive(rotor.interception(), call, done);
                    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
                  } else {
                    while (call.proceed()) {
                      attempt(call);
                    }
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(answered).hasValue(THREADS * CALLS);
    assertThat(mostAtOnce.get()).isBetween(1, concurrent);
    assertThat(rotor.apis().get(0).keys().keys()).allMatch(key -> key.inFlight() == 0);
    assertThat(rotor.apis().get(0).keys().waiters().size()).isZero();
  }

  private void drive(Interception interception, Call call, CountDownLatch done) {
    interception.drive(
        call,
        () -> {
          attempt(call);
          drive(interception, call, done);
        },
        done::countDown);
  }

  private void attempt(Call call) {
    String key = Objects.requireNonNull(call.key()).name();
    AtomicInteger count = busy.computeIfAbsent(key, it -> new AtomicInteger());
    int now = count.incrementAndGet();
    mostAtOnce.accumulateAndGet(now, Math::max);
    // gives the others a chance to find the key taken, also on a single core
    LockSupport.parkNanos(10_000);
    count.decrementAndGet();
    answered.incrementAndGet();
    call.returned("value");
  }
}
