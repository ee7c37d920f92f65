package dev.rotor.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import dev.rotor.runtime.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand calls in line, by real clocks and timers. */
class FairnessTest {

  private static final int WAITING = 10_000;
  private static final List<Urgency> MIXED = List.of(Urgency.HIGH, Urgency.MEDIUM, Urgency.LOW);
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final Map<Urgency, TestSite> sites = new EnumMap<>(Urgency.class);
  private final Queue<Urgency> served = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private Rotor rotor = rotor("concurrent: 5");

  private Rotor rotor(String limits) {
    String yaml =
        Yaml.api(4, "wait: {max: 20s, callers: 20000}", "circuit-breaker: off")
            .replaceAll("(secret-of-k\\d)", "$1, limits: {" + limits + "}");
    Rotor made = new Rotor(Yaml.settings(yaml));
    Api api = made.apis().get(0);
    for (Urgency urgency : Urgency.values()) {
      Need need = new Need("", 0, 0, urgency, null, null, null);
      Plan plan = new Plan(api, true, true, true, null, null, null, null, 1, need, null);
      sites.put(urgency, new TestSite(urgency.name(), true, Clock.SYSTEM, plan));
    }
    return made;
  }

  private Call begin(Urgency urgency) {
    TestSite site = Objects.requireNonNull(sites.get(urgency));
    Call call = Objects.requireNonNull(rotor.interception().begin(site, null, null));
    call.detach();
    return call;
  }

  private void drive(Call call, Urgency urgency, CountDownLatch done) {
    rotor
        .interception()
        .drive(
            call,
            () -> {
              mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              served.add(urgency);
              atOnce.decrementAndGet();
              call.returned("value");
              drive(call, urgency, done);
            },
            () -> {
              if (call.refusal() != null) {
                refused.incrementAndGet();
              }
              done.countDown();
            });
  }

  private List<Call> holdAllPlaces() {
    List<Call> holders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Call holder = begin(Urgency.MEDIUM);
      assertThat(holder.next()).isEqualTo(Call.Next.RUN);
      holders.add(holder);
    }
    return holders;
  }

  @Test
  void tenThousandWaitingCallsAreServedInOrderOfUrgencyWithinTheirBounds() throws Exception {
    List<Call> holders = holdAllPlaces();
    CountDownLatch done = new CountDownLatch(WAITING);
    for (int i = 0; i < WAITING; i++) {
      Urgency urgency = MIXED.get(i % MIXED.size());
      drive(begin(urgency), urgency, done);
    }
    assertThat(rotor.apis().get(0).keys().waiters().size()).isEqualTo(WAITING);
    assertThat(served).isEmpty();

    holders.forEach(holder -> holder.returned("held"));

    assertThat(done.await(WAIT.toSeconds(), TimeUnit.SECONDS)).as("within their bounds").isTrue();
    assertThat(refused).hasValue(0);
    assertThat(served).hasSize(WAITING);
    assertThat(mostAtOnce.get()).isLessThanOrEqualTo(20);
    assertThat(rotor.apis().get(0).keys().waiters().size()).isZero();
    assertThat(meanPlace(Urgency.HIGH)).isLessThan(meanPlace(Urgency.MEDIUM) * 0.6);
    assertThat(meanPlace(Urgency.MEDIUM)).isLessThan(meanPlace(Urgency.LOW) * 0.85);
  }

  private double meanPlace(Urgency urgency) {
    List<Urgency> order = List.copyOf(served);
    return IntStream.range(0, order.size())
        .filter(place -> order.get(place) == urgency)
        .average()
        .orElseThrow();
  }

  @Test
  void noCallStarvesBehindAStreamOfMoreUrgentOnes() throws Exception {
    List<Call> holders = holdAllPlaces();
    CountDownLatch low = new CountDownLatch(1);
    drive(begin(Urgency.LOW), Urgency.LOW, low);
    CountDownLatch high = new CountDownLatch(3000);
    for (int i = 0; i < 3000; i++) {
      drive(begin(Urgency.HIGH), Urgency.HIGH, high);
    }

    // one place at a time, so that calls tell in the order in which they are served
    holders.remove(0).returned("held");

    assertThat(low.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(high.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(List.copyOf(served).indexOf(Urgency.LOW))
        .as("every eighth time that the first place is handed on it is the oldest's")
        .isLessThanOrEqualTo(8);
    holders.forEach(holder -> holder.returned("held"));
  }

  @Test
  void callsAreWokenWhenALimitGivesWayAndNotAllAtOnce() throws Exception {
    rotor = rotor("requests: 100/200ms");
    int calls = 2000;
    CountDownLatch done = new CountDownLatch(calls);
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      drive(begin(Urgency.MEDIUM), Urgency.MEDIUM, done);
    }
    assertThat(done.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertThat(refused).hasValue(0);
    assertThat(millis).as("400 in each 200 ms, so not before the fifth began").isGreaterThan(790);
  }
}
