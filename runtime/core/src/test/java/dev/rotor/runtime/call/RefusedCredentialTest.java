package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.ok;
import static dev.rotor.runtime.testing.Script.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedCredentialTest {

  @ParameterizedTest
  @EnumSource
  void aRefusedKeyIsReadAgainOnceThenDisabledAndPassedOver(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    AtomicInteger reread = new AtomicInteger();
    engine.rotor().onRefusedCredential(reread::incrementAndGet);
    TestSite site = engine.keyed();
    Script script = Script.of(unauthorized(), ok());

    assertThat(driver.call(engine, site, script).value()).isEqualTo("value");
    for (int i = 0; i < 4; i++) {
      driver.call(engine, site, script);
    }

    assertThat(reread).hasValue(1);
    assertThat(script.keys()).startsWith("k1", "k2").hasSize(6);
    assertThat(script.keys().subList(1, 6)).doesNotContain("k1");
  }

  @Test
  void whereNothingMayBlockTheTimerReadsAgainAndTheCallWaits() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    AtomicInteger reread = new AtomicInteger();
    engine.rotor().onRefusedCredential(reread::incrementAndGet);
    Call call = engine.begin(engine.keyed());
    AtomicInteger attempts = new AtomicInteger();
    Runnable drive =
        () -> engine.interception().drive(call, attempts::incrementAndGet, attempts::get);
    drive.run();

    unauthorized().accept(call);
    drive.run();

    assertThat(reread).hasValue(0);
    assertThat(attempts).hasValue(1);
    engine.time().runAll();
    assertThat(reread).hasValue(1);
    assertThat(attempts).hasValue(2);
    call.cancel("the test is over");
  }

  @Test
  void aReadingThatTakesTooLongIsNotWaitedFor() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    AtomicInteger attempts = new AtomicInteger();
    Call call = engine.begin(engine.keyed());
    Runnable drive =
        () -> engine.interception().drive(call, attempts::incrementAndGet, attempts::get);
    drive.run();
    unauthorized().accept(call);
    drive.run();
    engine.clock().advance(Duration.ofSeconds(2));

    drive.run();

    assertThat(attempts).hasValue(2);
    call.cancel("the test is over");
  }

  @ParameterizedTest
  @EnumSource
  void aSecretThatHasChangedMeanwhileKeepsTheKey(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));
    engine
        .rotor()
        .onRefusedCredential(
            () ->
                engine
                    .rotor()
                    .apply(Yaml.settings(Yaml.api(1).replace("secret-of-k1", "another-secret"))));
    Script script =
        Script.byKey(
            key ->
                call -> {
                  boolean fresh =
                      Objects.requireNonNull(call.secret()).reveal().equals("another-secret");
                  (fresh ? ok() : unauthorized()).accept(call);
                });

    Call call = driver.call(engine, engine.keyed(), script);

    assertThat(call.value()).isEqualTo("value");
    assertThat(script.keys()).containsExactly("k1", "k1");
  }

  @ParameterizedTest
  @EnumSource
  void aSecondKeyRefusedInOneCallBlamesTheCall(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(5));
    TestSite site = engine.keyed();
    Script refused = Script.of(unauthorized());

    Call call = driver.call(engine, site, refused);

    assertThat(refused.keys()).containsExactly("k1", "k2");
    assertThat(call.value()).isEqualTo(Outcome.UNAUTHORIZED);
    Script others = Script.of(ok());
    for (int i = 0; i < 5; i++) {
      driver.call(engine, site, others);
    }
    assertThat(others.keys()).containsExactlyInAnyOrder("k1", "k2", "k3", "k4", "k5");
  }

  @ParameterizedTest
  @EnumSource
  void aDisabledKeyIsTriedByOneCallEveryFiveMinutes(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 0s"));
    TestSite site = engine.keyed();
    driver.call(engine, site, Script.of(unauthorized()));
    assertThat(driver.call(engine, site, Script.of(ok())).failure())
        .hasMessageContaining("key k1 is disabled");

    engine.clock().advance(Duration.ofMinutes(5));
    Call probe = engine.begin(site);
    assertThat(probe.proceed()).isTrue();
    probe.detach();
    Call other = driver.call(engine, site, Script.of(ok()));
    assertThat(other.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
    probe.returned("value");

    assertThat(driver.call(engine, site, Script.of(ok())).value()).isEqualTo("value");
  }

  @ParameterizedTest
  @EnumSource
  void aFaultWhileReadingAgainDoesNotKeepTheKeyInUse(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2));
    engine
        .rotor()
        .onRefusedCredential(
            () -> {
              throw new IllegalStateException("planted");
            });
    Script script = Script.of(unauthorized(), ok());

    assertThat(driver.call(engine, engine.keyed(), script).value()).isEqualTo("value");
    assertThat(List.copyOf(script.keys())).containsExactly("k1", "k2");
  }
}
