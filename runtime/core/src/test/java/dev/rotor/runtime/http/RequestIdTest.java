package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.testing.Answered;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestIdTest {

  private static final String URL = "https://api.example.com/v1/things";
  private static final String HEADER = "X-Id";
  private static final byte[] NOTHING = new byte[0];

  private static TestEngine engine(int keys, String... more) {
    TestEngine engine = new TestEngine(Yaml.api(keys, more) + "    request-id-header: X-Id\n");
    engine.random(0.5);
    return engine;
  }

  private static HttpCall begin(TestEngine engine, FakeRequest request) {
    return Objects.requireNonNull(engine.rotor().exchanges().begin(request));
  }

  /** Each attempt's id; the random numbers are others in each attempt. */
  private static List<@Nullable String> ids(
      TestEngine engine, FakeRequest request, int... statuses) {
    List<@Nullable String> ids = new ArrayList<>();
    HttpCall call = begin(engine, request);
    while (call.proceed()) {
      ids.add(call.edit().set().get(HEADER));
      engine.random(0.25 / ids.size());
      var unused = call.answered(statuses[ids.size() - 1], Headers.NONE, NOTHING);
    }
    return ids;
  }

  @Test
  void anIdIsOfTheTimeAndFourRandomBytesAndTheSameInEachAttempt() {
    TestEngine engine = engine(3);
    String millis = Long.toString(engine.clock().millis(), 36);
    assertThat(ids(engine, FakeRequest.get(URL), 429, 503, 200))
        .hasSize(3)
        .containsOnly("req_" + millis + "_80000000");
    assertThat(ids(engine, FakeRequest.get(URL), 200)).singleElement().asString().isNotEmpty();
  }

  @Test
  void everyIdHasEightDigitsAndIsOfItsCall() {
    TestEngine engine = engine(1);
    List<@Nullable String> all = new ArrayList<>();
    for (double random : new double[] {0, 1e-9, 0.999999999999, 1}) {
      engine.random(random);
      all.addAll(ids(engine, FakeRequest.get(URL), 200));
    }
    assertThat(all)
        .hasSize(4)
        .allSatisfy(id -> assertThat(id).matches("req_[0-9a-z]{8}_[0-9a-f]{8}"));
    assertThat(all.get(0)).endsWith("_00000000");
    assertThat(all.get(3)).endsWith("_ffffffff");
    assertThat(all.get(1)).isNotEqualTo(all.get(0));
  }

  @Test
  void theApplicationsOwnStaysAsItIs() {
    TestEngine engine = engine(2);
    FakeRequest request = FakeRequest.get(URL).with("x-id", "its-own");
    assertThat(ids(engine, request, 429, 200)).containsExactly(null, null);
  }

  @Test
  void anEmptyOneOfTheApplicationsIsReplaced() {
    TestEngine engine = engine(1);
    assertThat(ids(engine, FakeRequest.get(URL).with("x-id", ""), 200))
        .singleElement()
        .asString()
        .startsWith("req_");
  }

  @Test
  void anApiWithoutAHeaderHasNone() {
    TestEngine engine = new TestEngine(Yaml.api(1));
    HttpCall call = begin(engine, FakeRequest.get(URL));
    assertThat(call.proceed()).isTrue();
    assertThat(call.edit().set()).containsOnlyKeys("Authorization");
    call.passed(200, Headers.NONE);
  }

  @Test
  void aRequestThatItsMethodSendsAgainKeepsItsId() {
    TestEngine engine = engine(1);
    List<@Nullable String> ids = new ArrayList<>();
    Call outer = engine.begin(engine.unkeyed());
    while (outer.proceed()) {
      ids.addAll(ids(engine, FakeRequest.get(URL), 503));
      outer.threw(new Answered(503));
    }
    assertThat(ids).hasSize(3).doesNotContainNull().containsOnly(ids.get(0));
    assertThat(ids(engine, FakeRequest.get(URL), 200)).doesNotContain(ids.get(0));
  }

  private static RefusedAnswer refusal(TestEngine engine, FakeRequest request) {
    HttpCall call = begin(engine, request);
    assertThat(call.proceed()).isFalse();
    return Objects.requireNonNull(call.refused());
  }

  private static String text(RefusedAnswer refused) {
    return new String(refused.body(), StandardCharsets.UTF_8);
  }

  @Test
  void anAnswerOfRotorsOwnTellsIt() {
    TestEngine engine = engine(1, "wait: 0s");
    assertThat(ids(engine, FakeRequest.get(URL), 429)).hasSize(1);

    RefusedAnswer made = refusal(engine, FakeRequest.get(URL));
    String id = made.headers().get(HEADER);
    assertThat(id).startsWith("req_");
    assertThat(text(made)).contains("no key of API `a` is usable").contains("(request " + id + ")");
    assertThat(made.headers())
        .containsEntry("content-length", Integer.toString(made.body().length));

    RefusedAnswer given = refusal(engine, FakeRequest.get(URL).with("x-id", "its-own"));
    assertThat(given.headers()).containsEntry(HEADER, "its-own");
    assertThat(text(given)).contains("(request its-own)");
  }

  @Test
  void whatCannotBePrintedIsLeftAloneAndNotRepeated() {
    TestEngine engine = engine(1, "wait: 0s");
    assertThat(ids(engine, FakeRequest.get(URL), 429)).hasSize(1);
    for (String odd : new String[] {"ü", "a\nb", "x".repeat(513)}) {
      RefusedAnswer refused = refusal(engine, FakeRequest.get(URL).with("x-id", odd));
      assertThat(refused.headers()).doesNotContainKey(HEADER);
      assertThat(text(refused)).doesNotContain("(request");
    }
  }
}
