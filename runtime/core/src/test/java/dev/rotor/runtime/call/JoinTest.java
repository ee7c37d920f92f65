package dev.rotor.runtime.call;

import static dev.rotor.runtime.testing.Script.answer;
import static dev.rotor.runtime.testing.Script.ok;
import static dev.rotor.runtime.testing.Script.rateLimited;
import static dev.rotor.runtime.testing.Script.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.testing.Answered;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A method's call with an exchange of the same API inside. */
class JoinTest {

  private final List<Call> exchanges = new ArrayList<>();

  /** A body that makes one exchange, and throws when its answer is a failure. */
  private Consumer<Call> sending(TestEngine engine, TestSite host, Script answers) {
    return method -> {
      Call exchange = Driver.BLOCKING.call(engine, host, answers);
      exchanges.add(exchange);
      if (exchange.refusal() != null || exchange.value() instanceof Outcome) {
        method.threw(new Answered(500));
      } else {
        method.returned(exchange.value());
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void isOneCallOfTheApi(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));

    driver.call(engine, engine.unkeyed(), sending(engine, engine.keyed(), Script.of(ok())));

    assertThat(engine.api("a").stats().calls()).isEqualTo(1);
    assertThat(engine.key("k1").stats().calls()).isEqualTo(1);
    assertThat(engine.interception().current()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void rotatesInsideAndRetriesOutside(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    Script answers = Script.of(rateLimited(), serverError(), ok());

    Call call = driver.call(engine, engine.unkeyed(), sending(engine, engine.keyed(), answers));

    assertThat(call.value()).isEqualTo("value");
    assertThat(answers.attempts()).isEqualTo(3);
    assertThat(exchanges).hasSize(2);
    assertThat(engine.pauses()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotMultiplyRetries(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    Script answers = Script.of(serverError());

    driver.call(engine, engine.unkeyed(), sending(engine, engine.keyed(), answers));

    assertThat(answers.attempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void isNotRepeatedAfterAllKeysWereTried(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    Script answers = Script.of(rateLimited());

    Call call = driver.call(engine, engine.unkeyed(), sending(engine, engine.keyed(), answers));

    assertThat(answers.attempts()).isEqualTo(3);
    assertThatThrownBy(call::result).isInstanceOf(Answered.class);
  }

  @ParameterizedTest
  @EnumSource
  void theExchangeUsesTheKeyOfTheMethodsArgument(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(3));
    TestSite method = engine.keyed();
    TestSite host = engine.site("host", Plan.rotating(engine.api("a"), true));
    List<String> arguments = new ArrayList<>();
    Script answers = Script.of(ok());

    for (int i = 0; i < 3; i++) {
      driver.call(
          engine,
          method,
          call -> {
            arguments.add(Objects.requireNonNull(call.key()).name());
            sending(engine, host, answers).accept(call);
          });
    }

    assertThat(arguments).containsExactly("k1", "k2", "k3").isEqualTo(answers.keys());
    assertThat(engine.key("k1").stats().calls()).isEqualTo(1);
    assertThat(engine.key("k1").inFlight()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theAdoptedKeyCountsOncePerLimit(Driver driver) {
    TestEngine engine =
        new TestEngine(Yaml.api(1, "wait: 0s").replace("k1}", "k1, limits: {requests: 2/1m}}"));
    TestSite host = engine.site("host", Plan.rotating(engine.api("a"), true));

    for (int i = 0; i < 2; i++) {
      Call call = driver.call(engine, engine.keyed(), sending(engine, host, Script.of(ok())));
      assertThat(call.value()).isEqualTo("value");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasDoneOnceBeforeTheFailureIsNotDoneAgain(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));
    TestSite host = engine.keyed();
    List<String> sent = new ArrayList<>();

    driver.call(
        engine,
        engine.unkeyed(),
        method -> {
          sent.add("post");
          Driver.BLOCKING.call(engine, host, answer(Outcome.SUCCESS, null, false));
          Driver.BLOCKING.call(engine, host, serverError());
          method.threw(new Answered(503));
        });

    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void norWhatWasDoneWithAnotherApi(Driver driver) {
    TestEngine engine =
        new TestEngine(
            Yaml.api(1)
                + """
                  b:
                    profile: generic-bearer
                    hosts: [b.example.com]
                    keys: [secret-of-b]
                """);
    TestSite other = engine.site("host b", Plan.rotating(engine.api("b"), true));
    List<String> sent = new ArrayList<>();

    driver.call(
        engine,
        engine.unkeyed(),
        method -> {
          sent.add("post to b");
          Driver.BLOCKING.call(engine, other, answer(Outcome.SUCCESS, null, false));
          Driver.BLOCKING.call(engine, engine.keyed(), serverError());
          method.threw(new Answered(503));
        });

    assertThat(sent).hasSize(1);
    assertThat(engine.api("b").stats().calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void readsBeforeTheFailureAreRepeatedThroughAnInnerMethodToo(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(1));
    TestSite inner = engine.site("inner", Plan.rotating(engine.api("a"), false));
    Consumer<Call> read = answer(Outcome.SUCCESS, null, true);
    Script last = Script.of(serverError(), read);

    Call call =
        driver.call(
            engine,
            engine.unkeyed(),
            method -> {
              Driver.BLOCKING.call(
                  engine,
                  inner,
                  it -> {
                    Driver.BLOCKING.call(engine, engine.keyed(), read);
                    it.returned("read");
                  });
              sending(engine, engine.keyed(), last).accept(method);
            });

    assertThat(last.attempts()).isEqualTo(2);
    assertThat(call.isOver()).isTrue();
  }

  private static String key(Call exchange, String request) {
    return exchange.idempotencyKey(() -> request, () -> UUID.randomUUID().toString());
  }

  @ParameterizedTest
  @EnumSource
  void anIdempotencyKeyIsTheSameWhenTheMethodRunsAgain(Driver driver) {
    TestEngine engine = new TestEngine(Yaml.api(2));
    List<String> keys = new ArrayList<>();
    int[] runs = {0};

    driver.call(
        engine,
        engine.unkeyed(),
        method -> {
          runs[0]++;
          Call exchange = engine.begin(engine.keyed());
          keys.add(key(exchange, "POST /charge"));
          keys.add(key(exchange, "POST /charge"));
          keys.add(exchange.idempotencyKey(() -> "POST /mail", () -> "its-own-" + runs[0]));
          exchange.proceed();
          serverError().accept(exchange);
          exchange.abandon();
          method.threw(new Answered(503));
        });

    assertThat(runs[0]).isEqualTo(3);
    assertThat(keys.subList(0, 3)).doesNotHaveDuplicates().contains("its-own-1");
    assertThat(keys.subList(3, 6)).isEqualTo(keys.subList(0, 3));
    assertThat(keys.subList(6, 9)).isEqualTo(keys.subList(0, 3));
  }

  @Test
  void aStreamThatEndsLateSaysNothingOfTheNextAttempt() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    Call method = engine.begin(engine.unkeyed());
    assertThat(method.proceed()).isTrue();
    Call stream = engine.begin(engine.keyed());
    assertThat(stream.proceed()).isTrue();
    stream.begun(Verdict.SUCCESS, true);
    Call failing = engine.begin(engine.keyed());
    assertThat(failing.proceed()).isTrue();
    failing.settle(null, null, new Verdict(Outcome.SERVER_ERROR, -1, false, "out"), true);
    method.threw(new Answered(503));
    assertThat(method.proceed()).as("the second attempt").isTrue();

    stream.settle(null, null, Verdict.SUCCESS, true);
    method.threw(new ConnectException("refused"));

    assertThat(method.proceed()).as("the third").isTrue();
    method.returned("value");
    assertThat(engine.interception().current()).isNull();
  }
}
