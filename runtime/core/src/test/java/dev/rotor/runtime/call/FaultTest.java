package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import org.junit.jupiter.api.Test;

class FaultTest {

  private final TestEngine engine = new TestEngine(Yaml.api(1));

  @Test
  void aSelectorsFaultComesOutOfBeginAndLeavesTheThreadInNoCall() {
    Selector broken =
        (self, arguments) -> {
          throw new IllegalStateException("planted");
        };
    TestSite site =
        engine.site(
            "broken",
            new Plan(
                null, false, true, false, null, null, CacheSettings.of("c", "1m", 1), broken, 1));

    assertThatThrownBy(() -> engine.begin(site)).hasMessage("planted");

    assertThat(engine.interception().current()).isNull();
  }

  @Test
  void aFaultInsideACallLeavesTheThreadInTheOuterOne() {
    Call outer = engine.begin(engine.unkeyed());
    Call inner = engine.begin(engine.keyed());
    assertThat(inner.proceed()).isTrue();

    inner.abandon();
    inner.abandon();

    assertThat(engine.interception().current()).isSameAs(outer);
    assertThat(engine.key("k1").inFlight()).isZero();
    outer.abandon();
    assertThat(engine.interception().current()).isNull();
  }

  @Test
  void anAbandonedCallLeavesTheLine() {
    TestEngine one = new TestEngine(Yaml.api(1).replace("k1}", "k1, limits: {concurrent: 1}}"));
    TestSite site = one.keyed();
    Call first = one.begin(site);
    assertThat(first.proceed()).isTrue();
    first.detach();
    Call second = one.begin(site);
    assertThat(second.next()).isEqualTo(Call.Next.PAUSE);

    second.abandon();

    assertThat(one.api("a").keys().waiters().size()).isZero();
  }

  @Test
  void whatTheBodyCameToStandsAfterTheCallWasGivenUp() throws Throwable {
    Call call = engine.begin(engine.keyed());
    assertThat(call.proceed()).isTrue();
    call.abandon();
    call.returned("ignored");

    call.keep("the body's own", null);

    assertThat(call.result()).isEqualTo("the body's own");
  }

  @Test
  void whatIsToldAfterACancelCountsForNothing() {
    Call call = engine.begin(engine.keyed());
    assertThat(call.proceed()).isTrue();
    call.cancel("by the application");
    call.returned("late");

    assertThat(call.isOver()).isTrue();
    assertThat(engine.key("k1").inFlight()).isZero();
    assertThat(engine.key("k1").stats().calls()).isEqualTo(1);
  }

  @Test
  void aCallOutsideItsShareIsNotTouched() {
    TestSite site =
        engine.site(
            "shared", new Plan(engine.api("a"), true, true, false, null, null, null, null, 0.1));
    engine.random(0.5);
    assertThat(engine.interception().begin(site, null, null)).isNull();
    engine.random(0.05);
    assertThat(Driver.BLOCKING.call(engine, site, Script.of(ok())).value()).isEqualTo("value");
  }

  @Test
  void anEntryThatIsTheNextAttemptIsNoNewCall() {
    TestSite site = engine.keyed();
    Call call = engine.begin(site);
    assertThat(call.proceed()).isTrue();
    Object seen =
        engine
            .interception()
            .resume(
                call,
                () -> {
                  assertThat(engine.interception().begin(site, null, null)).isNull();
                  assertThat(engine.interception().current()).isSameAs(call);
                  Call recursion = engine.begin(site);
                  recursion.abandon();
                  return "seen";
                });
    assertThat(seen).isEqualTo("seen");
    call.abandon();
  }
}
