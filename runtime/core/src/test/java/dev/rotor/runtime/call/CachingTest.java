package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.ok;
import static dev.rotor.runtime.testing.Script.threw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.observe.Stats.Event;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachingTest {

  private final TestEngine engine = new TestEngine(Yaml.api(1));
  private final TestSite site = engine.site("cached", plan("5m"));

  private static Plan plan(String ttl) {
    Selector first = (self, arguments) -> arguments == null ? null : arguments[0];
    return new Plan(
        null, false, true, false, null, null, CacheSettings.of("answers", ttl, 10), first, 1);
  }

  @ParameterizedTest
  @EnumSource
  void aHitEndsTheCallWithoutAnyAttempt(Driver driver) {
    Script script = Script.of(ok());
    driver.callWith(engine, site, script, "question");

    Call hit = driver.callWith(engine, site, script, "question");
    driver.callWith(engine, site, script, "another");

    assertThat(hit.value()).isEqualTo("value");
    assertThat(script.attempts()).isEqualTo(2);
    assertThat(site.stats().count(Event.CACHE_HIT)).isEqualTo(1);
    assertThat(engine.interception().current()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aValueIsForgottenAfterItsTime(Driver driver) {
    Script script = Script.of(ok());
    driver.callWith(engine, site, script, "question");
    engine.clock().advance(Duration.ofMinutes(6));
    driver.callWith(engine, site, script, "question");
    assertThat(script.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void nullAndFailuresAreNotKept(Driver driver) {
    Script script =
        Script.of(it -> it.returned(null), threw(new IllegalStateException("own")), ok());
    for (int i = 0; i < 4; i++) {
      driver.callWith(engine, site, script, "question");
    }
    assertThat(script.attempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void oneCallLoadsAndOthersTakeWhatItLoaded(Driver driver) {
    Call loader = engine.begin(site, "question");
    assertThat(loader.proceed()).isTrue();
    loader.detach();
    engine.time().after(Duration.ofSeconds(1), () -> loader.returned("loaded"));
    Script script = Script.of(ok());

    Call other = driver.callWith(engine, site, script, "question");

    assertThat(other.value()).isEqualTo("loaded");
    assertThat(script.attempts()).isZero();
    assertThat(engine.clock().elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource
  void afterAFailedLoadTheNextCallLoads(Driver driver) {
    Call loader = engine.begin(site, "question");
    assertThat(loader.proceed()).isTrue();
    loader.detach();
    engine
        .time()
        .after(Duration.ofSeconds(1), () -> loader.threw(new IllegalStateException("own")));
    Script script = Script.of(ok());

    Call other = driver.callWith(engine, site, script, "question");

    assertThat(other.value()).isEqualTo("value");
    assertThat(script.attempts()).isEqualTo(1);
  }

  @Test
  void aLoadThatEndsDuringAReloadStillWakesWhoWaits() {
    Call loader = engine.begin(site, "question");
    assertThat(loader.proceed()).isTrue();
    loader.detach();
    engine
        .time()
        .after(
            Duration.ofSeconds(1),
            () -> {
              site.plan(null);
              loader.returned("loaded");
            });

    Call other = Driver.BLOCKING.callWith(engine, site, Script.of(ok()), "question");

    assertThat(other.value()).isEqualTo("loaded");
    assertThat(engine.clock().elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aRecursiveLoadOfTheSameKeyDoesNotWaitForItself() {
    Call outer =
        Driver.BLOCKING.callWith(
            engine,
            site,
            call -> {
              Call inner = Driver.BLOCKING.callWith(engine, site, Script.of(ok()), "question");
              call.returned("outer of " + inner.value());
            },
            "question");

    assertThat(outer.value()).isEqualTo("outer of value");
    assertThat(engine.pauses()).isEmpty();
  }

  @Test
  void aLoadThatNeverEndsIsNotWaitedForForEver() {
    Call stuck = engine.begin(site, "question");
    assertThat(stuck.proceed()).isTrue();
    stuck.detach();

    Call other = Driver.BLOCKING.callWith(engine, site, Script.of(ok()), "question");

    assertThat(other.value()).isEqualTo("value");
    assertThat(engine.pauses()).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void anAbandonedLoadLetsTheNextCallLoad() {
    Call broken = engine.begin(site, "question");
    assertThat(broken.proceed()).isTrue();
    broken.abandon();

    Script script = Script.of(ok());
    Driver.BLOCKING.callWith(engine, site, script, "question");
    assertThat(script.attempts()).isEqualTo(1);
    assertThat(engine.pauses()).isEmpty();
  }
}
