package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls in line, step by step, and what calls hand on to one another. */
class InLineTest {

  private static final String ONE_AT_A_TIME = "{name: k%d, secret: s%d, limits: {concurrent: 1}}";

  private static String api(String more) {
    return "apis:\n  a:\n    profile: generic-bearer\n    hosts: [api.example.com]\n"
        + more.indent(4);
  }

  private static String key(int number) {
    return ONE_AT_A_TIME.formatted(number, number);
  }

  private static Need of(Urgency urgency) {
    return new Need("", 0, 0, urgency, null, null, null);
  }

  private static TestSite site(TestEngine engine, boolean takesKey, Need need) {
    Plan plan =
        new Plan(engine.api("a"), takesKey, true, false, null, null, null, null, 1, need, null);
    return engine.site("site", plan);
  }

  private static Call begin(TestEngine engine, Need need) {
    Call call = engine.begin(site(engine, true, need));
    call.detach();
    return call;
  }

  @Test
  void tokensThatAreGivenBackWakeWhoWaitsForThem() {
    TestEngine engine =
        new TestEngine(
            api("wait: 30s\nkeys: [{name: k1, secret: s1, limits: {tokens: 1000/20s}}]"));
    Call first = begin(engine, Need.ONE.withTokens(0, 1000));
    assertThat(first.next()).isEqualTo(Call.Next.RUN);
    Call second = begin(engine, Need.ONE.withTokens(0, 10));
    assertThat(second.next()).isEqualTo(Call.Next.PAUSE);
    engine.clock().advance(Duration.ofMillis(100));

    first.spent(new Spent(true, 5, 5, 10));
    first.returned("x");

    assertThat(second.pauseSignal()).isNotNull().matches(signal -> signal.isFired());
    assertThat(second.next()).isEqualTo(Call.Next.RUN);
  }

  @Test
  void whoLosesTheFirstPlaceSleepsOn() {
    String yaml = api("wait: 5s\nkeys: [" + key(1) + "]");
    TestEngine engine = new TestEngine(yaml);
    assertThat(begin(engine, Need.ONE).next()).isEqualTo(Call.Next.RUN);
    Call low = begin(engine, of(Urgency.LOW));
    assertThat(low.next()).isEqualTo(Call.Next.PAUSE);
    engine.rotor().apply(Yaml.settings(yaml));
    Call high = begin(engine, of(Urgency.HIGH));
    assertThat(high.next()).isEqualTo(Call.Next.PAUSE);

    assertThat(low.next()).isEqualTo(Call.Next.PAUSE);
    assertThat(low.pauseSignal()).isNotNull().matches(signal -> !signal.isFired());
  }

  @Test
  void anUrgentCallGetsAKeyThatIsKeptForItWhoeverIsFirst() {
    TestEngine engine =
        new TestEngine(
            api("wait: 60s\nkeys: [" + key(1) + ", {name: u, secret: u, urgency: high}]"));
    Call holder = begin(engine, Need.ONE);
    assertThat(holder.next()).isEqualTo(Call.Next.RUN);
    Deque<Call> line = new ArrayDeque<>();
    for (int i = 0; i < 10; i++) {
      Call waiting = begin(engine, Need.ONE);
      assertThat(waiting.next()).isEqualTo(Call.Next.PAUSE);
      line.add(waiting);
    }
    for (int i = 0; i < 8; i++) {
      holder.returned("x");
      holder = line.remove();
      assertThat(holder.next()).isEqualTo(Call.Next.RUN);
    }
    // by now the first of the line is so by age
    assertThat(begin(engine, of(Urgency.HIGH)).next()).isEqualTo(Call.Next.RUN);
  }

  @Test
  void aCallThatMayNotWaitAnyMoreStillLooks() {
    TestEngine engine = new TestEngine(api("wait: 1s\nkeys: [" + key(1) + ", " + key(2) + "]"));
    Call a = begin(engine, Need.ONE);
    Call b = begin(engine, Need.ONE);
    assertThat(a.next()).isEqualTo(Call.Next.RUN);
    assertThat(b.next()).isEqualTo(Call.Next.RUN);
    Call patient = begin(engine, Need.ONE);
    assertThat(patient.next()).isEqualTo(Call.Next.PAUSE);
    Call behind = begin(engine, Need.ONE);
    engine.clock().advance(Duration.ofSeconds(1));
    assertThat(behind.next()).isEqualTo(Call.Next.PAUSE);
    a.returned("a");
    assertThat(patient.next()).isEqualTo(Call.Next.RUN);
    b.returned("b");

    patient.settle(
        null, null, new Verdict(Outcome.RATE_LIMITED, 60_000_000_000L, false, "429"), true);

    assertThat(patient.next()).isEqualTo(Call.Next.RUN);
  }

  @Test
  void whatAMethodSaysOfItsKeyHoldsForItsRequests() {
    TestEngine engine =
        new TestEngine(
            api(
                "keys: [{name: k1, secret: a}, {name: b, secret: b, tier: batch}, {name: p, secret: c}]"));
    assertThat(keysOfRequests(engine, Need.ONE.by("p"))).containsOnly("p");
    assertThat(keysOfRequests(engine, new Need("", 0, 0, Urgency.LOW, null, "batch", null)))
        .containsOnly("b");
  }

  private static Iterable<String> keysOfRequests(TestEngine engine, Need need) {
    TestSite method = site(engine, false, need);
    TestSite host = engine.keyed();
    Script script = Script.of(ok());
    for (int i = 0; i < 3; i++) {
      Driver.BLOCKING.call(
          engine,
          method,
          call -> {
            Driver.BLOCKING.call(engine, host, script);
            call.returned("x");
          });
    }
    return script.keys();
  }

  @Test
  void aRequestUnderTwoMethodsUsesTheKeyThatTheOuterHolds() {
    TestEngine engine = new TestEngine(api("wait: 1s\nkeys: [" + key(1) + "]"));
    TestSite outer = engine.keyed();
    TestSite middle = engine.unkeyed();
    TestSite host = engine.site("host", Plan.rotating(engine.api("a"), true));
    Script script = Script.of(ok());
    Driver.BLOCKING.call(
        engine,
        outer,
        call -> {
          Driver.BLOCKING.call(
              engine,
              middle,
              inner -> {
                assertThat(Driver.BLOCKING.call(engine, host, script).refusal()).isNull();
                inner.returned("x");
              });
          call.returned("y");
        });
    assertThat(script.keys()).containsExactly("k1");
    assertThat(engine.key("k1").inFlight()).isZero();
  }

  @Test
  void anAdoptedKeyIsSettledForTheDayInWhichItWasTaken() {
    TestEngine engine =
        new TestEngine(
            api("wait: 0s\ndeadline: 48h\nkeys: [{name: k1, secret: s1, quota: {daily: 1}}]"));
    TestSite method = engine.keyed();
    TestSite host = engine.site("host", Plan.rotating(engine.api("a"), true));
    Call outer = engine.begin(method);
    assertThat(outer.proceed()).isTrue();
    outer.detach();
    engine.clock().advance(Duration.ofHours(25));
    Call inner =
        engine
            .interception()
            .within(
                outer,
                () -> {
                  Call call = engine.begin(host);
                  call.detach();
                  return call;
                });
    assertThat(inner.next()).isEqualTo(Call.Next.RUN);
    assertThat(Driver.BLOCKING.call(engine, method, Script.of(ok())).refusal()).isNull();

    inner.spent(Spent.NOTHING);
    inner.settle(null, new ConnectException("x"), null, true);

    engine.clock().advance(Duration.ofSeconds(2));
    assertThat(Driver.BLOCKING.call(engine, method, Script.of(ok())).refusal())
        .as("the second day's one call was made")
        .isEqualTo(Refusal.NO_USABLE_KEY);
  }

  @Test
  void aKeyThatIsOnlyPlacedTakesNothingAndGivesNothingBack() {
    TestEngine engine =
        new TestEngine(api("wait: 0s\nkeys: [{name: k1, secret: s1, quota: {daily: 2}}]"));
    Plan inject = new Plan(engine.api("a"), true, false, false, null, null, null, null, 1);
    TestSite on = engine.keyed();
    TestSite placing = engine.site("inject", inject);
    Driver.BLOCKING.call(engine, on, Script.of(ok()));
    Driver.BLOCKING.call(engine, on, Script.of(ok()));
    for (int i = 0; i < 2; i++) {
      Driver.BLOCKING.call(
          engine,
          placing,
          call -> {
            call.spent(Spent.NOTHING);
            call.settle(
                null, new ConnectException("x"), new Verdict(Outcome.NETWORK, -1, false, ""), true);
          });
    }
    engine.clock().advance(Duration.ofSeconds(2));
    assertThat(Driver.BLOCKING.call(engine, on, Script.of(ok())).refusal())
        .isEqualTo(Refusal.NO_USABLE_KEY);
  }

  @Test
  void aCallRotatesToAKeyThatItHasNotTriedWhicheverThreadItIsOn() throws Exception {
    TestEngine engine =
        new TestEngine(
            api(
                "cooldown: 1ms\nkeys: [{name: k1, secret: a}, {name: k2, secret: b}, {name: k3, secret: c}]"));
    for (int round = 0; round < 20; round++) {
      Call call = begin(engine, Need.ONE);
      Set<String> tried = new HashSet<>();
      for (int attempt = 0; attempt < 3; attempt++) {
        // each attempt on a thread of its own, as those of asynchronous calls are
        Thread thread = new Thread(() -> assertThat(call.next()).isEqualTo(Call.Next.RUN));
        thread.start();
        thread.join();
        assertThat(tried.add(String.valueOf(call.key()))).as("%s", tried).isTrue();
        engine.clock().advance(Duration.ofMillis(2));
        call.settle(null, null, new Verdict(Outcome.RATE_LIMITED, 0, false, "429"), true);
        engine.clock().advance(Duration.ofMillis(2));
      }
      call.abandon();
    }
  }

  @Test
  void limitsThatAreSwitchedOffHoldForNoKey() {
    TestEngine engine =
        new TestEngine(
            api("wait: 0s\nkeys: [{name: k1, secret: s1, limits: {requests: 1/1h}}]")
                + "flags: {limits: false}\n");
    Driver.BLOCKING.call(engine, engine.keyed(), Script.of(ok()));
    assertThat(Driver.BLOCKING.call(engine, engine.keyed(), Script.of(ok())).refusal()).isNull();
  }
}
