package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.observe.Stats.Event;
import dev.rotor.runtime.testing.RecordedLog;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OdditiesTest {

  private static final AtomicInteger APIS = new AtomicInteger();
  private static final String COST =
      "{\"id\":\"x\",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12,\"total_tokens\":21}}";

  private final String api = "odd" + APIS.incrementAndGet();
  private final TestEngine engine = new TestEngine(yaml());

  private String yaml() {
    return """
        defaults: {wait: 2s, deadline: 20s, circuit-breaker: off}
        apis:
          %s:
            profile: openai
            hosts: [api.openai.com]
            strategy: priority
            retry: {max: 2, backoff: 1s, max-backoff: 2s, budget: 100%%}
            keys:
              - {name: k1, secret: secret-of-k1}
        """
        .formatted(api);
  }

  private HttpCall begin() {
    return Objects.requireNonNull(
        engine
            .rotor()
            .exchanges()
            .begin(
                FakeRequest.post(
                    "https://api.openai.com/v1/chat/completions", "{\"model\":\"m\"}")));
  }

  private List<String> told() {
    return RecordedLog.warnings().stream()
        .filter(it -> it.startsWith("apis." + api + ": key k1: "))
        .map(it -> it.substring(("apis." + api + ": key k1: ").length()))
        .toList();
  }

  private long counted() {
    return engine.key("k1").stats().count(Event.ODDITY);
  }

  private static Headers headers(String... more) {
    List<String> all = new ArrayList<>(List.of("content-type", "application/json"));
    all.addAll(List.of(more));
    return Providers.headers(all.toArray(String[]::new));
  }

  private void succeed(Headers headers, byte[] body) {
    HttpCall call = begin();
    assertThat(call.proceed()).isTrue();
    AnswerBody passing = call.passed(200, headers);
    passing.read(body, 0, body.length);
    passing.end();
    assertThat(call.proceed()).as("the call is over").isFalse();
  }

  private void succeed(Headers headers, String body) {
    succeed(headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** How long the engine slept in it. */
  private Duration fail(int status, Headers headers, String body) {
    HttpCall call = begin();
    Duration before = engine.clock().elapsed();
    while (call.proceed()) {
      boolean again = call.answered(status, headers, body.getBytes(StandardCharsets.UTF_8));
      assertThat(again || !call.proceed()).isTrue();
    }
    return engine.clock().elapsed().minus(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x-ratelimit-remaining-requests | many                          | cannot be read
          x-ratelimit-remaining-requests | -7e99                         | cannot be read
          x-ratelimit-remaining-requests | -7                            | is negative
          x-ratelimit-remaining-requests | 99999999999999999999          | cannot be read
          x-ratelimit-limit-requests     | -100                          | is negative
          x-ratelimit-limit-requests     | ÿþ soon                       | cannot be read
          x-ratelimit-reset-requests     | soon                          | cannot be read
          x-ratelimit-reset-requests     | -5s                           | cannot be read
          x-ratelimit-reset-requests     | -5                            | is negative
          x-ratelimit-reset-requests     | 2020-01-01T00:00:00Z          | is in the past
          x-ratelimit-reset-requests     | 1000000000                    | is in the past
          x-ratelimit-reset-requests     | Wed, 01 Jan 2020 00:00:00 GMT | is in the past
          x-ratelimit-reset-requests     | 9999d                         | lies more than a year ahead
          x-ratelimit-reset-requests     | 9999-01-01T00:00:00Z          | lies more than a year ahead
          x-ratelimit-reset-requests     | 99999999999                   | lies more than a year ahead
          """)
  void aHeaderThatIsOddIsCountedForEachAnswerAndToldOnce(String name, String value, String told) {
    List<String> names =
        List.of(
            "x-ratelimit-limit-requests", "100",
            "x-ratelimit-remaining-requests", "99",
            "x-ratelimit-reset-requests", "6m0s");
    List<String> answer = new ArrayList<>(names);
    answer.set(names.indexOf(name) + 1, value);
    for (int i = 0; i < 3; i++) {
      succeed(headers(answer.toArray(String[]::new)), COST);
    }
    assertThat(counted()).isEqualTo(3);
    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("the answer's header " + name + ' ' + told)
        .endsWith("Told once.");
    assertThat(engine.key("k1").stats().totalTokens()).as("the rest is read").isEqualTo(63);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retry-after    | Someday, 32 Foo 20xx 25:61:61 GMT | cannot be read
          retry-after    | -30                               | is negative
          retry-after    | Wed, 01 Jan 2020 00:00:00 GMT     | is in the past
          retry-after    | 999999999                         | lies more than a year ahead
          retry-after    | 99999999999999999999999999        | cannot be read
          retry-after    | Fri, 31 Dec 9999 23:59:59 GMT     | lies more than a year ahead
          retry-after-ms | NaN                               | cannot be read
          retry-after-ms | -1000                             | is negative
          retry-after-ms | 99999999999999                    | lies more than a year ahead
          """)
  void aWaitThatIsOddIsToldAndTheCallGivesUpWithinItsBounds(
      String name, String value, String told) {
    for (int status : new int[] {429, 503, 500}) {
      Duration slept = fail(status, headers(name, value), "{}");
      assertThat(slept).as("with %d", status).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }
    assertThat(counted()).isPositive();
    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("the answer's header " + name + ' ' + told);
    engine.clock().advance(Duration.ofHours(25));
    HttpCall later = begin();
    assertThat(later.proceed()).as("a day later it is asked again").isTrue();
    later.cancel();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"usage\":{\"prompt_tokens\":\"many\",\"completion_tokens\":1}}",
        "{\"usage\":{\"prompt_tokens\":-9}}",
        "{\"usage\":{\"prompt_tokens\":1.5e300}}",
        "{\"usage\":{\"prompt_tokens\":99999999999999}}",
        "{\"usage\":{\"prompt_tokens\":{\"a\":1}}}",
        "{\"usage\":\"plenty\"}",
        "<html>",
        "Too much!",
        "{\"id\":\"x\",\"usage\":{\"prompt_tok",
        "{\"id\":\"x\",\"choices\":[{\"a",
      })
  void aBodyThatIsOddIsCountedForEachAnswerAndToldOnce(String body) {
    for (int i = 0; i < 3; i++) {
      succeed(headers(), body);
    }
    assertThat(counted()).isEqualTo(3);
    assertThat(told())
        .singleElement()
        .asString()
        .containsAnyOf(
            "the answer's member /usage/prompt_tokens", "the answer's body is said to be JSON");
    assertThat(engine.key("k1").stats().inputTokens()).isZero();
  }

  @Test
  void aBodyOfAFailureIsLookedAtAlike() {
    Duration unused = fail(400, headers(), "<html>Bad");
    assertThat(counted()).isEqualTo(1);
    assertThat(told()).singleElement().asString().contains("said to be JSON");
  }

  @Test
  void anEventWithTextForItsCostIsToldOnceForTheWholeStream() {
    Headers events = Providers.headers("content-type", "text/event-stream");
    succeed(events, "data: {\"usage\":\"none yet\"}\n\n".repeat(50));
    assertThat(counted()).isEqualTo(1);
    assertThat(told()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "", " ", "0s", "0ms", "6m0s", "720h", "1764072000", "5, 9"})
  void whatSaysNothingOrIsUsualIsNotOdd(String value) {
    Headers answer =
        headers(
            "x-ratelimit-limit-requests", value.startsWith("0") ? "0" : "-1",
            "x-ratelimit-remaining-requests", value.matches("-?\\d*") ? value : "5",
            "x-ratelimit-reset-requests", value.equals("1764072000") ? "1795608000" : value,
            "retry-after", value.equals("1764072000") ? "30" : value);
    succeed(answer, COST);
    Duration unused = fail(429, answer, "{}");
    assertThat(counted()).as("%s", told()).isZero();
    assertThat(told()).isEmpty();
  }

  @Test
  void aBodyThatIsNoJsonAndDoesNotSayThatItIsIsNotOdd() {
    succeed(Providers.headers("content-type", "text/plain"), "hello");
    Duration unused = fail(502, Providers.headers("content-type", "text/html"), "<html>");
    assertThat(counted()).isZero();
  }

  @Test
  void aBodyThatTheApplicationDidNotReadToItsEndIsNotOdd() {
    HttpCall call = begin();
    assertThat(call.proceed()).isTrue();
    AnswerBody body = call.passed(200, headers());
    body.read(Providers.body("{\"id\":\"x\",\"cho"), 0, 10);
    body.close();
    assertThat(counted()).isZero();
  }

  @Test
  void aHugeBodyIsReadInBoundedMemoryAndItsCostFound() {
    byte[] part =
        "{\"filler\":[\"%s\"],".formatted("x".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
    HttpCall call = begin();
    assertThat(call.proceed()).isTrue();
    AnswerBody body = call.passed(200, headers());
    for (int i = 0; i < 100; i++) {
      body.read(part, 0, part.length);
    }
    byte[] end = Providers.body(COST.substring(1));
    body.read(end, 0, end.length);
    body.end();
    assertThat(engine.key("k1").stats().inputTokens()).isEqualTo(9);
    assertThat(counted()).isZero();
  }

  @Test
  void aWaitUntilATimeThatTheClockHasJumpedAwayFromIsADayAtMost() {
    String soon = Long.toString(engine.clock().instant().plusSeconds(30).getEpochSecond());
    engine.clock().jump(Duration.ofDays(-1000));
    Duration slept = fail(429, headers("retry-after", soon), "{}");
    assertThat(slept).isLessThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(told()).singleElement().asString().contains("lies more than a year ahead");

    engine.clock().jump(Duration.ofDays(2000));
    engine.clock().advance(Duration.ofHours(25));
    slept = fail(429, headers("retry-after", soon), "{}");
    assertThat(slept).isLessThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(told()).hasSize(2).last().asString().contains("is in the past");
  }

  @Test
  void eachKeyIsToldOfAndNoReloadTellsAgain() {
    String two = yaml() + "      - {name: k2, secret: secret-of-k2}\n";
    Headers odd = headers("x-ratelimit-remaining-requests", "many");
    succeed(odd, COST);
    engine.rotor().apply(Yaml.settings(two));
    succeed(odd, COST);
    assertThat(told()).hasSize(1);
    assertThat(counted()).isEqualTo(2);

    Duration unused = fail(429, odd, "{}");
    assertThat(
            RecordedLog.warnings().stream().filter(it -> it.startsWith("apis." + api + ": key k2")))
        .hasSize(1);
  }

  @Test
  void noValueIsEverTold() {
    succeed(
        headers("x-ratelimit-reset-requests", "sk-hidden", "x-ratelimit-remaining-requests", "1"),
        "{\"usage\":{\"prompt_tokens\":\"sk-hidden\"}}");
    assertThat(told()).hasSize(2).noneMatch(it -> it.contains("sk-hidden"));
  }

  @Test
  void anAnswerOfSomebodyElseSaysNothing() {
    HttpCall call = begin();
    assertThat(call.proceed()).isTrue();
    call.from(java.net.URI.create("https://elsewhere.example/"));
    AnswerBody body = call.passed(200, headers("x-ratelimit-remaining-requests", "many"));
    body.end();
    assertThat(counted()).isZero();
  }
}
