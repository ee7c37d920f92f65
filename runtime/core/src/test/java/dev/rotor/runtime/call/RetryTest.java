package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.answer;
import static dev.rotor.runtime.testing.Script.ok;
import static dev.rotor.runtime.testing.Script.rateLimited;
import static dev.rotor.runtime.testing.Script.serverError;
import static dev.rotor.runtime.testing.Script.threw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.testing.Answered;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {

  @ParameterizedTest
  @EnumSource
  void theBackOffGrowsUpToItsMaximum(Driver driver) {
    TestEngine engine =
        new TestEngine(Yaml.api(1, "retry: {max: 4, backoff: 1s, factor: 3, max-backoff: 10s}"));
    Script script = Script.of(serverError());

    driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(5);
    assertThat(engine.pauses())
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(9),
            Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource
  void aToldWaitIsHonouredWhenItIsLongerThanTheBackOff(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));

    driver.call(
        engine,
        engine.keyed(),
        Script.of(answer(Outcome.SERVER_ERROR, Duration.ofSeconds(7), true), ok()));

    assertThat(engine.pauses()).containsExactly(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @EnumSource
  void aToldWaitBeyondMaxBackOffIsNotWaitedFor(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));
    Script script = Script.of(answer(Outcome.SERVER_ERROR, Duration.ofHours(1), true), ok());

    driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(1);
    assertThat(engine.pauses()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noAttemptStartsAfterTheDeadline(Driver driver) {
    TestEngine engine =
        new TestEngine(Yaml.api(1, "retry: {max: 10, backoff: 2s, factor: 1}", "deadline: 5s"));
    Script script = Script.of(serverError());

    driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(3);
    assertThat(engine.clock().elapsed()).isEqualTo(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @EnumSource
  void noKeyIsTriedAfterTheDeadlineEither(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(9, "deadline: 5s"));
    Script script =
        Script.byKey(
            key ->
                call -> {
                  engine.clock().advance(Duration.ofSeconds(2));
                  rateLimited().accept(call);
                });

    driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void theRetryBudgetBoundsRepeatsOfAllCallsTogether(Driver driver) {
    TestEngine engine =
        new TestEngine(
            Yaml.api(
                1,
                "retry: {max: 1, backoff: 1ms, max-backoff: 1ms, budget: 10%}",
                "circuit-breaker: off"));
    TestSite site = engine.keyed();
    Script script = Script.of(serverError());

    for (int i = 0; i < 50; i++) {
      driver.call(engine, site, script);
    }

    assertThat(script.attempts()).isEqualTo(60);
  }

  @ParameterizedTest
  @EnumSource
  void whatMayHaveBeenProcessedIsNotRepeated(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));
    Script script = Script.of(answer(Outcome.TIMEOUT, null, false));

    driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aSiteThatSaysIdempotentIsRepeated(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));
    Plan plan = new Plan(engine.api("a"), true, true, true, null, null, null, null, 1);
    Script script = Script.of(answer(Outcome.TIMEOUT, null, false), ok());

    driver.call(engine, engine.site("idempotent", plan), script);

    assertThat(script.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatNeverLeftIsRepeated(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));
    Script script = Script.of(threw(new ConnectException("refused")), ok());

    Call call = driver.call(engine, engine.keyed(), script);

    assertThat(script.attempts()).isEqualTo(2);
    assertThat(call.value()).isEqualTo("value");
    assertThat(call.failure()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void withoutAKeyOfItsOwnARateLimitIsWaitedFor(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    Script script = Script.of(threw(new Answered(429)), ok());

    Call call = driver.call(engine, engine.unkeyed(), script);

    assertThat(call.value()).isEqualTo("value");
    assertThat(engine.pauses()).containsExactly(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationGetsItsOwnExceptionTheSameInstance(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2));
    Answered last = new Answered(429);
    Script script = Script.of(threw(new Answered(429)), threw(last));

    Call call = driver.call(engine, engine.keyed(), script);

    assertThatThrownBy(call::result).isSameAs(last);
    assertThat(last.getSuppressed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anExceptionThatIsTheApplicationsOwnAffairEndsTheCall(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2));
    IllegalStateException own = new IllegalStateException("wrong in the application");
    Script script = Script.of(threw(own));

    Call call = driver.call(engine, engine.keyed(), script);

    assertThatThrownBy(call::result).isSameAs(own);
    assertThat(script.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void theBreakerPassesAFailingKeyOverAndTellsHowLong(Driver driver) {
    TestEngine engine =
        new TestEngine(
            Yaml.api(
                1, "retry: off", "circuit-breaker: {window: 4, open: 30s, failure-rate: 50%}"));
    TestSite site = engine.keyed();
    driver.call(engine, site, Script.of(serverError()));
    driver.call(engine, site, Script.of(serverError()));

    Call refused = driver.call(engine, site, Script.of(ok()));
    assertThat(refused.refusal()).isEqualTo(Refusal.NO_USABLE_KEY);
    assertThat(refused.failure())
        .hasMessageContaining("key k1 circuit breaker is open")
        .hasMessageContaining("the first is usable in 30000 ms");
    assertThat(engine.pauses()).as("nobody waits for what will not come").isEmpty();

    engine.clock().advance(Duration.ofSeconds(31));
    assertThat(driver.call(engine, site, Script.of(ok())).value()).isEqualTo("value");
  }

  @ParameterizedTest
  @EnumSource
  void longAnswersAreNoFailures(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 0s"));
    TestSite site = engine.keyed();
    for (int i = 0; i < 20; i++) {
      Call call =
          driver.call(
              engine,
              site,
              it -> {
                engine.clock().advance(Duration.ofMinutes(2));
                it.returned("value");
              });
      assertThat(call.refusal()).isNull();
    }
  }
}
