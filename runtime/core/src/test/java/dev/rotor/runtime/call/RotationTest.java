package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.ok;
import static dev.rotor.runtime.testing.Script.rateLimited;
import static dev.rotor.runtime.testing.Script.serverError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.observe.Stats.Event;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotationTest {

  @ParameterizedTest
  @EnumSource
  void tenKeysAreAllTriedThoughOnlyTwoRetriesAreAllowed(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(10));
    TestSite site = engine.keyed();
    Script script = Script.of(rateLimited());

    Call call = driver.call(engine, site, script);

    assertThat(script.keys()).hasSize(10).doesNotHaveDuplicates();
    assertThat(call.value()).isEqualTo(Outcome.RATE_LIMITED);
    assertThat(call.refusal()).isNull();
    assertThat(engine.pauses()).isEmpty();
    assertThat(site.stats().count(Event.RETRY)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theFirstKeyThatWorksEndsTheRotation(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(5));
    TestSite site = engine.keyed();
    Script script = Script.of(rateLimited(), rateLimited(), ok());

    Call call = driver.call(engine, site, script);

    assertThat(call.value()).isEqualTo("value");
    assertThat(script.keys()).containsExactly("k1", "k2", "k3");
    assertThat(site.stats().count(Event.ROTATION)).isEqualTo(2);
    assertThat(site.stats().calls()).isEqualTo(1);
    assertThat(site.stats().count(Event.FAILURE)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aServiceThatFailsIsNotAskedWithEveryKey(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(10));
    Script script = Script.of(serverError());

    Call call = driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(3);
    assertThat(call.value()).isEqualTo(Outcome.SERVER_ERROR);
  }

  @ParameterizedTest
  @EnumSource
  void rotationIsBoundedByItsMaximum(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(10, "rotate: {max: 3}"));
    Script script = Script.of(rateLimited());

    driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void aKeyRestsForAsLongAsToldAndIsPassedOver(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2));
    TestSite site = engine.keyed();
    driver.call(engine, site, Script.of(rateLimited(Duration.ofSeconds(30)), ok()));
    Script meanwhile = Script.of(ok());
    driver.call(engine, site, meanwhile);
    driver.call(engine, site, meanwhile);
    assertThat(meanwhile.keys()).containsExactly("k2", "k2");

    engine.clock().advance(Duration.ofSeconds(31));

    Script later = Script.of(ok());
    driver.call(engine, site, later);
    driver.call(engine, site, later);
    assertThat(later.keys()).containsExactlyInAnyOrder("k1", "k2");
  }

  @ParameterizedTest
  @EnumSource
  void aCoolDownNeverGetsShorter(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 0s"));
    TestSite site = engine.keyed();
    Call early = engine.begin(site);
    Call late = engine.begin(site);
    assertThat(early.proceed()).isTrue();
    assertThat(late.proceed()).isTrue();
    late.detach();
    early.detach();
    rateLimited(Duration.ofSeconds(100)).accept(late);
    rateLimited(Duration.ofSeconds(1)).accept(early);

    engine.clock().advance(Duration.ofSeconds(50));
    Call refused = driver.call(engine, site, Script.of(ok()));
    assertThat(refused.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
    assertThat(refused.failure()).hasMessageContaining("key k1 cools down for 5");

    engine.clock().advance(Duration.ofSeconds(51));
    assertThat(driver.call(engine, site, Script.of(ok())).value()).isEqualTo("value");
  }

  @ParameterizedTest
  @EnumSource
  void jitterIsAddedToAToldWaitAndNeverTakenOff(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 60s", "deadline: 90s"));
    engine.random(0.5);

    Call call =
        driver.call(engine, engine.keyed(), Script.of(rateLimited(Duration.ofSeconds(4)), ok()));

    assertThat(call.value()).isEqualTo("value");
    assertThat(engine.clock().elapsed()).isEqualTo(Duration.ofMillis(4100));
  }

  @ParameterizedTest
  @EnumSource
  void garbageInAToldWaitDoesNotOverflowIntoThePast(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2, "wait: 0s"));
    TestSite site = engine.keyed();

    driver.call(engine, site, Script.of(rateLimited(Duration.ofNanos(Long.MAX_VALUE)), ok()));

    Script script = Script.of(ok());
    driver.call(engine, site, script);
    driver.call(engine, site, script);
    assertThat(script.keys()).containsExactly("k2", "k2");
  }

  @ParameterizedTest
  @EnumSource
  void keysOfOneAccountRestTogether(Driver driver) {
    TestEngine engine =
        new TestEngine(
            """
            apis:
              a:
                profile: generic-bearer
                hosts: [api.example.com]
                keys:
                  - {name: k1, secret: one, account: acme}
                  - {name: k2, secret: two, account: acme}
                  - {name: k3, secret: three}
            """);
    Script script = Script.of(rateLimited(), ok());

    driver.call(engine, engine.keyed(), script);

    assertThat(script.keys()).containsExactly("k1", "k3");
  }

  @ParameterizedTest
  @EnumSource
  void lanesRestEachOnItsOwn(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 0s"));
    TestSite site = engine.keyed();
    inLane(driver, engine, site, "large", Script.of(rateLimited()));

    assertThat(inLane(driver, engine, site, "large", Script.of(ok())).refusal())
        .isEqualTo(Refusal.NO_USABLE_KEY);
    assertThat(inLane(driver, engine, site, "small", Script.of(ok())).value()).isEqualTo("value");
  }

  private static Call inLane(
      Driver driver, TestEngine engine, TestSite site, String lane, Script script) {
    return driver.call(engine, site, script, call -> call.need(Need.of(lane)));
  }

  @ParameterizedTest
  @EnumSource
  void aUsedUpQuotaRestsTheAccountInAllLanes(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 0s"));
    TestSite site = engine.keyed();
    inLane(
        driver,
        engine,
        site,
        "large",
        Script.of(Script.answer(Outcome.QUOTA_EXCEEDED, null, false)));

    assertThat(inLane(driver, engine, site, "small", Script.of(ok())).refusal())
        .isEqualTo(Refusal.NO_USABLE_KEY);

    engine.clock().advance(Duration.ofMinutes(61));
    assertThat(inLane(driver, engine, site, "small", Script.of(ok())).value()).isEqualTo("value");
  }

  @ParameterizedTest
  @EnumSource
  void aSuccessWithNothingLeftRestsTheKeyBeforeItAnswers429(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2));
    TestSite site = engine.keyed();
    Verdict last =
        new Verdict(Outcome.SUCCESS, Duration.ofSeconds(10).toNanos(), true, "nothing left");
    driver.call(engine, site, call -> call.settle("value", null, last, false));

    Script script = Script.of(ok());
    driver.call(engine, site, script);
    driver.call(engine, site, script);
    assertThat(script.keys()).containsExactly("k2", "k2");
  }

  @ParameterizedTest
  @EnumSource
  void aClientErrorIsReturnedAsItIs(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    Script script = Script.of(Script.answer(Outcome.CLIENT_ERROR, null, true));

    Call call = driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(1);
    assertThat(call.value()).isEqualTo(Outcome.CLIENT_ERROR);
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeSentAgainIsNotRotated(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    Script script = Script.of(rateLimited());

    driver.call(engine, engine.keyed(), script, Call::once);

    assertThat(script.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void modeInjectMakesOneAttempt(Driver driver) {
    TestEngine engine = new TestEngine("mode: inject\n" + Yaml.api(3));
    Plan plan = new Plan(engine.api("a"), true, false, true, null, null, null, null, 1);
    Script script = Script.of(rateLimited());

    driver.call(engine, engine.site("inject", plan), script);

    assertThat(script.attempts()).isEqualTo(1);
  }
}
