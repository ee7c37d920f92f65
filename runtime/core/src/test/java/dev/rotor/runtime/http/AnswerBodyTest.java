package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerBodyTest {

  private static final String URL = "https://api.openai.com/v1/chat/completions";
  private static final String COST = "{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12}}";
  private static final Headers JSON =
      name -> name.equalsIgnoreCase("content-type") ? "application/json" : null;

  private final TestEngine engine =
      new TestEngine(
          """
          apis:
            openai:
              wait: 0s
              retry: {max: 2}
              keys:
                - {name: k1, secret: secret-of-k1, limits: {concurrent: 1}}
          """);

  private HttpCall begin() {
    return Objects.requireNonNull(
        engine.rotor().exchanges().begin(FakeRequest.post(URL, "{\"model\":\"m\"}")));
  }

  private HttpCall proceeding() {
    HttpCall call = begin();
    assertThat(call.proceed()).isTrue();
    return call;
  }

  private int inFlight() {
    return engine.key("k1").inFlight();
  }

  @Test
  void theKeysPlaceIsFreeWithTheLastByteAndNotBefore() {
    HttpCall call = proceeding();
    AnswerBody body = call.passed(200, JSON);
    assertThat(inFlight()).isEqualTo(1);
    assertThat(begin().proceed()).as("the only place is taken").isFalse();
    body.read(Providers.body(COST), 0, COST.length());
    assertThat(inFlight()).isEqualTo(1);
    body.end();
    assertThat(inFlight()).isZero();
    proceeding().cancel();
  }

  @Test
  void theThreadIsOutOfTheExchangeOnceTheAnswerBegins() {
    AnswerBody body = proceeding().passed(200, JSON);
    assertThat(engine.interception().current()).isNull();
    body.end();
    assertThat(engine.interception().current()).isNull();
  }

  @Test
  void whatItCostIsCountedForKeySiteAndApi() {
    AnswerBody body = proceeding().passed(200, JSON);
    ByteBuffer direct = ByteBuffer.allocateDirect(COST.length());
    direct.put(Providers.body(COST)).flip();
    body.read(direct);
    body.end();
    assertThat(direct.remaining()).as("left as it is").isEqualTo(COST.length());
    assertThat(engine.key("k1").stats().inputTokens()).isEqualTo(9);
    assertThat(engine.key("k1").stats().outputTokens()).isEqualTo(12);
    assertThat(engine.api("openai").stats().totalTokens()).isEqualTo(21);
  }

  @Test
  void onlyTheFirstEndCounts() {
    AnswerBody body = proceeding().passed(200, JSON);
    body.read(Providers.body(COST), 0, COST.length());
    body.close();
    body.end();
    body.failed(new IOException("too late"));
    assertThat(engine.key("k1").stats().inputTokens()).isEqualTo(9);
    assertThat(engine.key("k1").stats().calls()).isEqualTo(1);
    assertThat(inFlight()).isZero();
  }

  @Test
  void aStreamThatBreaksIsNotReplayedAndCountsAgainstTheService() {
    HttpCall call = proceeding();
    AnswerBody body = call.passed(200, JSON);
    body.failed(new IOException("reset"));
    assertThat(call.proceed()).isFalse();
    assertThat(inFlight()).isZero();
    assertThat(engine.key("k1").stats().count(dev.rotor.runtime.observe.Stats.Event.FAILURE))
        .isEqualTo(1);
  }

  @Test
  void aCancelFreesThePlaceThoughTheStreamGoesOn() {
    HttpCall call = proceeding();
    AnswerBody body = call.passed(200, JSON);
    call.cancel();
    assertThat(inFlight()).isZero();
    body.end();
    assertThat(inFlight()).isZero();
  }

  @Test
  void whatTheHeadersTellCountsBeforeTheLastByte() {
    Headers exhausted =
        name ->
            switch (name) {
              case "x-ratelimit-remaining-requests" -> "0";
              case "x-ratelimit-reset-requests" -> "30s";
              default -> JSON.first(name);
            };
    AnswerBody body = proceeding().passed(200, exhausted);
    HttpCall second = begin();
    assertThat(second.proceed()).isFalse();
    assertThat(Objects.requireNonNull(second.refused()).message())
        .contains(
            "is at the limit that its provider tells (x-ratelimit-remaining-requests) for 30 s");
    engine.clock().advance(Duration.ofSeconds(31));
    body.end();
    proceeding().cancel();
  }

  @Test
  void anAnswerThatIsDroppedUnreadLosesNoPlace() throws InterruptedException {
    WeakReference<AnswerBody> dropped = new WeakReference<>(proceeding().passed(200, JSON));
    assertThat(inFlight()).isEqualTo(1);
    while (dropped.get() != null) {
      System.gc();
      Thread.onSpinWait();
    }
    // the queue is filled by a thread of the collector's, some time after
    @Nullable HttpCall next = null;
    while (next == null) {
      HttpCall call = begin();
      next = call.proceed() ? call : null;
      Thread.onSpinWait();
    }
    next.cancel();
    assertThat(inFlight()).isZero();
  }

  @Test
  void aFailureThatCannotBeSentAgainRestsItsKeyAtOnce() {
    TestEngine two = new TestEngine(Yaml.api(2));
    HttpCall call =
        Objects.requireNonNull(
            two.rotor()
                .exchanges()
                .begin(FakeRequest.post("https://api.example.com/", "stream").once()));
    assertThat(call.proceed()).isTrue();
    AnswerBody body = call.passed(429, Headers.NONE);
    assertThat(two.key("k1").inFlight()).isZero();
    assertThat(call.answerHeaders()).as("another attempt may well work").isEmpty();
    body.end();
  }
}
