package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.ok;
import static dev.rotor.runtime.testing.Script.rateLimited;
import static dev.rotor.runtime.testing.Script.serverError;
import static dev.rotor.runtime.testing.Script.threw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.testing.Answered;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingTest {

  @ParameterizedTest
  @EnumSource
  void theFirstKeyThatBecomesUsableIsWaitedFor(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2, "wait: 5s", "deadline: 60s"));
    engine.random(0);
    Script script =
        Script.of(rateLimited(Duration.ofSeconds(9)), rateLimited(Duration.ofSeconds(3)), ok());

    Call call = driver.call(engine, engine.keyed(), script);

    assertThat(call.value()).isEqualTo("value");
    assertThat(script.keys()).containsExactly("k1", "k2", "k2");
    assertThat(engine.pauses()).containsExactly(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatComesTooLateIsNotWaitedFor(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 2s"));
    TestSite site = engine.keyed();
    driver.call(engine, site, Script.of(rateLimited(Duration.ofSeconds(30))));

    Call call = driver.call(engine, site, Script.of(ok()));

    assertThat(call.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
    assertThat(engine.pauses()).isEmpty();
    assertThatThrownBy(call::result)
        .isInstanceOf(TestSite.Refused.class)
        .hasMessageStartingWith("keyed: no key of API `a` is usable: key k1 cools down for 30 s")
        .hasMessageNotContaining("secret-of-k1");
    assertThat(Duration.ofNanos(call.usableInNanos()))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
  }

  @ParameterizedTest
  @EnumSource
  void whatMayBeLeftOfALearnedLimitIsTriedBeforeACallIsRefused(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 2s"));
    TestSite site = engine.keyed();
    answer(underWay(engine, site), 2);
    Call second = underWay(engine, site);
    Call third = underWay(engine, site);
    assertThat(driver.call(engine, site, Script.of(ok())).refusal())
        .as("all that is left is under way")
        .isEqualTo(Refusal.NO_USABLE_KEY);

    answer(second, 1);
    Script script = Script.of(ok());
    assertThat(driver.call(engine, site, script).value()).as("in doubt").isEqualTo("value");
    assertThat(script.keys()).containsExactly("k1");
    assertThat(driver.call(engine, site, Script.of(ok())).failure())
        .as("but not twice")
        .hasMessageContaining("is at the limit that its provider tells (x-left) for 30 s");

    answer(third, 0);
    assertThat(driver.call(engine, site, Script.of(ok())).refusal())
        .isEqualTo(Refusal.NO_USABLE_KEY);
    assertThat(engine.pauses()).isEmpty();
  }

  private static Call underWay(TestEngine engine, TestSite site) {
    Call call = engine.begin(site);
    assertThat(call.proceed()).isTrue();
    call.detach();
    return call;
  }

  private static void answer(Call call, long left) {
    long reset = Duration.ofSeconds(30).toNanos();
    call.learn(List.of(new LimitTold("x-left", Kind.REQUESTS, 10, left, reset, false)));
    call.returned("value");
  }

  @ParameterizedTest
  @EnumSource
  void allWaitsOfACallTogetherAreBounded(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 2s"));
    engine.random(0);
    Script script =
        Script.of(
            rateLimited(Duration.ofSeconds(1)),
            rateLimited(Duration.ofMillis(900)),
            rateLimited(Duration.ofSeconds(1)),
            ok());

    driver.call(engine, engine.keyed(), script);

    assertThat(script.keys()).hasSize(3);
    assertThat(engine.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(900));
  }

  @ParameterizedTest
  @EnumSource
  void whereAKeyIsOnlyPlacedThereIsNeitherWaitingNorRefusing(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 2s"));
    Plan inject = new Plan(engine.api("a"), true, false, false, null, null, null, null, 1);
    TestSite site = engine.site("inject", inject);
    driver.call(engine, site, Script.of(rateLimited(Duration.ofSeconds(30))));
    Script script = Script.of(ok());

    assertThat(driver.call(engine, site, script).value()).isEqualTo("value");
    assertThat(script.keys()).containsExactly("k1");
    assertThat(engine.pauses()).isEmpty();
    assertThat(engine.key("k1").inFlight()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aBusyKeyIsTakenAsSoonAsItIsFree(Driver driver) {
    TestEngine engine = new TestEngine(oneAtATime());
    TestSite site = engine.keyed();
    Call first = engine.begin(site);
    assertThat(first.proceed()).isTrue();
    first.detach();
    engine.time().after(Duration.ofMillis(700), () -> first.returned("first"));

    Call second = driver.call(engine, site, Script.of(ok()));

    assertThat(second.value()).isEqualTo("value");
    assertThat(engine.clock().elapsed()).isEqualTo(Duration.ofMillis(700));
  }

  @ParameterizedTest
  @EnumSource
  void aBusyKeyIsWaitedForNoLongerThanAllowed(Driver driver) {
    TestEngine engine = new TestEngine(oneAtATime());
    TestSite site = engine.keyed();
    Call first = engine.begin(site);
    assertThat(first.proceed()).isTrue();
    first.detach();

    Call second = driver.call(engine, site, Script.of(ok()));

    assertThat(second.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
    assertThat(second.failure()).hasMessageContaining("key k1 is busy with 1 calls");
    assertThat(engine.clock().elapsed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(engine.api("a").keys().waiters().size()).isZero();
  }

  @Test
  void onlySoManyCallsMayWait() {
    TestEngine engine =
        new TestEngine(oneAtATime().replace("wait: 2s", "wait: {max: 2s, callers: 1}"));
    TestSite site = engine.keyed();
    Call first = engine.begin(site);
    assertThat(first.proceed()).isTrue();
    first.detach();
    Call second = engine.begin(site);
    assertThat(second.next()).isEqualTo(Call.Next.PAUSE);
    second.detach();

    Call third = engine.begin(site);

    assertThat(third.next()).isEqualTo(Call.Next.DONE);
    assertThat(third.refusal()).isEqualTo(Refusal.QUEUE_FULL);
    second.cancel("test");
    assertThat(engine.api("a").keys().waiters().size()).isZero();
  }

  @Test
  void aWaitThatIsInterruptedEndsTheCallAndKeepsTheFlag() {
    TestEngine engine = new TestEngine(oneAtATime());
    TestSite site = engine.keyed();
    Call first = engine.begin(site);
    assertThat(first.proceed()).isTrue();
    first.detach();
    engine.time().interruptSleepers();

    Call second = engine.begin(site);

    assertThat(second.proceed()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(second.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
    assertThat(engine.api("a").keys().waiters().size()).isZero();
    assertThat(engine.interception().current()).isNull();
  }

  @Test
  void anInterruptedBackOffEndsWithTheLastAttemptsOwnException() {
    TestEngine engine = new TestEngine(Yaml.api(1));
    engine.time().interruptSleepers();
    Answered own = new Answered(503);
    Plan plan = new Plan(engine.api("a"), true, true, true, null, null, null, null, 1);

    Call call = Driver.BLOCKING.call(engine, engine.site("s", plan), Script.of(threw(own)));

    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(call::result).isSameAs(own);
  }

  @ParameterizedTest
  @EnumSource
  void aSynchronizedMethodRotatesAndNeverWaits(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2, "wait: 5s"));
    TestSite site = engine.synchronizedSite(Plan.rotating(engine.api("a"), true));
    Script script = Script.of(rateLimited(Duration.ofSeconds(1)));
    driver.call(engine, site, script);
    assertThat(script.keys()).containsExactly("k1", "k2");

    Call refused = driver.call(engine, site, Script.of(ok()));
    assertThat(refused.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
    engine.clock().advance(Duration.ofSeconds(2));
    Script failing = Script.of(serverError());
    driver.call(engine, site, failing);
    assertThat(failing.attempts()).isEqualTo(1);
    assertThat(engine.pauses()).isEmpty();
  }

  @Test
  void neitherDoesAnExchangeInsideIt() {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 5s"));
    TestSite method = engine.synchronizedSite(Plan.rotating(engine.api("a"), false));
    Driver.BLOCKING.call(
        engine, engine.keyed(), Script.of(rateLimited(Duration.ofSeconds(1))), Call::once);

    Call outer =
        Driver.BLOCKING.call(
            engine,
            method,
            call -> {
              Call inner = Driver.BLOCKING.call(engine, engine.keyed(), Script.of(ok()));
              assertThat(inner.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
              call.threw(new Answered(429));
            });

    assertThat(outer.failure()).isInstanceOf(Answered.class);
    assertThat(engine.pauses()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aKeyAtItsOwnLimitIsWaitedForByTime(Driver driver) {
    TestEngine engine =
        new TestEngine(
            Yaml.api(1, "wait: 5s")
                .replace("k1}", "k1, limits: {requests: 1/4s, algorithm: fixed-window}}"));
    TestSite site = engine.keyed();
    driver.call(engine, site, Script.of(ok()));

    assertThat(driver.call(engine, site, Script.of(ok())).value()).isEqualTo("value");
    assertThat(engine.clock().elapsed()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void aCallThatLooksInVainWakesNobody() {
    TestEngine engine =
        new TestEngine(
            Yaml.api(1, "wait: 5s").replace("k1}", "k1, limits: {requests: 1/4s, concurrent: 3}}"));
    TestSite site = engine.keyed();
    Driver.BLOCKING.call(engine, site, Script.of(ok()));
    Call waiting = engine.begin(site);
    assertThat(waiting.next()).isEqualTo(Call.Next.PAUSE);
    waiting.detach();
    var signal = waiting.pauseSignal();

    Call other = engine.begin(site);
    assertThat(other.next()).isEqualTo(Call.Next.PAUSE);
    other.detach();

    assertThat(signal).isNotNull();
    assertThat(signal != null && signal.isFired()).isFalse();
  }

  private static String oneAtATime() {
    return Yaml.api(1, "wait: 2s").replace("k1}", "k1, limits: {concurrent: 1}}");
  }
}
