package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.ok;
import static dev.rotor.runtime.testing.Script.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.policy.Limit;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitingTest {

  private final TestEngine engine = new TestEngine(Yaml.api(1, "deadline: 10s"));

  private TestSite limited(String name, Limit limit) {
    Selector by =
        limit.isPerValue() ? (self, arguments) -> arguments == null ? null : arguments[0] : null;
    return engine.site(
        name, new Plan(engine.api("a"), false, true, true, limit, by, null, null, 1));
  }

  private Limit limit(long permits, String per, String maxWait, boolean perValue) {
    return new Limit(
        LimitSettings.of("search", permits, per, 0, maxWait), perValue, engine.clock());
  }

  @ParameterizedTest
  @EnumSource
  void aCallOverTheLimitIsRefused(Driver driver) {
    TestSite site = limited("s", limit(2, "10s", "0s", false));
    Script script = Script.of(ok());
    driver.call(engine, site, script);
    driver.call(engine, site, script);

    Call third = driver.call(engine, site, script);

    assertThat(script.attempts()).isEqualTo(2);
    assertThat(third.refusal()).isEqualTo(Refusal.LIMIT_EXCEEDED);
    assertThatThrownBy(third::result)
        .hasMessage("s: over the limit `search`; the next permit comes in 5000 ms");
    assertThat(engine.interception().current()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aCallWaitsForItsPermitWithinBounds(Driver driver) {
    TestSite site = limited("s", limit(1, "2s", "5s", false));
    for (int i = 0; i < 3; i++) {
      assertThat(driver.call(engine, site, Script.of(ok())).refusal()).isNull();
    }
    assertThat(engine.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
    assertThat(site.stats().calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aPermitBeyondTheDeadlineIsNotWaitedForNorTaken(Driver driver) {
    Limit limit = limit(1, "30s", "5m", false);
    TestSite site = limited("s", limit);
    driver.call(engine, site, Script.of(ok()));

    Call call = driver.call(engine, site, Script.of(ok()));

    assertThat(call.refusal()).isEqualTo(Refusal.LIMIT_EXCEEDED);
    assertThat(engine.pauses()).isEmpty();
    assertThat(Duration.ofNanos(limit.nanosToPermit(null))).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @EnumSource
  void eachValueHasALimitOfItsOwn(Driver driver) {
    TestSite site = limited("s", limit(1, "10s", "0s", true));
    Script script = Script.of(ok());
    driver.callWith(engine, site, script, "ann");
    driver.callWith(engine, site, script, "bob");
    Call again = driver.callWith(engine, site, script, "ann");

    assertThat(script.attempts()).isEqualTo(2);
    assertThat(again.refusal()).isEqualTo(Refusal.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void aLimitIsTakenOnceByCallsWithinCalls(Driver driver) {
    Limit limit = limit(1, "10s", "0s", false);
    TestSite inner = limited("inner", limit);

    Call call =
        driver.call(
            engine,
            limited("outer", limit),
            outer -> outer.returned(Driver.BLOCKING.call(engine, inner, Script.of(ok())).value()));

    assertThat(call.value()).isEqualTo("value");
  }

  @ParameterizedTest
  @EnumSource
  void retriesTakeNoFurtherPermit(Driver driver) {
    TestSite site = limited("s", limit(1, "1h", "0s", false));
    Script script = Script.of(serverError(), serverError(), ok());

    assertThat(driver.call(engine, site, script).value()).isEqualTo("value");
    assertThat(script.attempts()).isEqualTo(3);
  }

  @Test
  void theTimeSpentForAPermitIsNotTheKeysTime() {
    Limit limit = limit(1, "4s", "5s", false);
    TestSite site =
        engine.site("s", new Plan(engine.api("a"), true, true, true, limit, null, null, null, 1));
    Driver.BLOCKING.call(engine, site, Script.of(ok()));
    Driver.BLOCKING.call(engine, site, Script.of(ok()));

    assertThat(engine.key("k1").stats().totalNanos()).isZero();
  }

  @Test
  void anInterruptedWaitForAPermitSaysThatItWasTheLimit() {
    TestSite site = limited("s", limit(1, "4s", "5s", false));
    Driver.BLOCKING.call(engine, site, Script.of(ok()));
    engine.time().interruptSleepers();

    Call call = Driver.BLOCKING.call(engine, site, Script.of(ok()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(call.refusal()).isEqualTo(Refusal.LIMIT_EXCEEDED);
  }

  @Test
  void aThreadThatIsInterruptedAlreadyMayStillReserve() {
    Limit limit = limit(1, "4s", "5s", false);
    assertThat(limit.tryAcquire(null)).isTrue();
    Thread.currentThread().interrupt();

    assertThat(limit.reserve(null, Long.MAX_VALUE)).isEqualTo(Duration.ofSeconds(4).toNanos());
    assertThat(Thread.interrupted()).isTrue();
  }
}
