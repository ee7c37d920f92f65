package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.testing.RecordedLog;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HttpCallTest {

  private static final String URL = "https://api.example.com/v1/things";
  private static final byte[] NOTHING = new byte[0];

  private static HttpCall begin(TestEngine engine, FakeRequest request) {
    return Objects.requireNonNull(engine.rotor().exchanges().begin(request));
  }

  /** Sends until the call says that it is over; the last status stands for all that follow. */
  private static List<RequestEdit> send(HttpCall call, int... statuses) {
    List<RequestEdit> edits = new ArrayList<>();
    while (call.proceed()) {
      edits.add(call.edit());
      int status = statuses[Math.min(edits.size(), statuses.length) - 1];
      if (call.holds(status)) {
        if (!call.answered(status, Headers.NONE, NOTHING)) {
          assertThat(call.proceed()).as("it said that none follows").isFalse();
          break;
        }
      } else {
        call.passed(status, Headers.NONE).end();
        break;
      }
    }
    return edits;
  }

  @Test
  void a429IsSentAgainWithAnotherKeyBeforeTheClientSeesIt() {
    TestEngine engine = new TestEngine(Yaml.api(3));
    List<RequestEdit> edits = send(begin(engine, FakeRequest.post(URL, "{}")), 429, 429, 200);
    assertThat(edits)
        .extracting(edit -> edit.set().get("Authorization"))
        .containsExactly("Bearer secret-of-k1", "Bearer secret-of-k2", "Bearer secret-of-k3");
  }

  @Test
  void onlyWhatIsIdempotentIsRetried() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    assertThat(send(begin(engine, FakeRequest.get(URL)), 503, 200)).hasSize(2);
    assertThat(send(begin(engine, FakeRequest.post(URL, "{}")), 503, 200)).hasSize(1);
  }

  @Test
  void aPostWithAnIdempotencyHeaderKeepsItAcrossItsAttempts() {
    TestEngine engine = new TestEngine(Yaml.api(2, "idempotency-header: Idempotency-Key"));
    List<RequestEdit> edits = send(begin(engine, FakeRequest.post(URL, "{}")), 429, 503, 200);
    assertThat(edits)
        .hasSize(3)
        .extracting(edit -> edit.set().get("Idempotency-Key"))
        .doesNotContainNull()
        .containsOnly(edits.get(0).set().get("Idempotency-Key"));
    List<RequestEdit> next = send(begin(engine, FakeRequest.post(URL, "{}")), 200);
    assertThat(next.get(0).set().get("Idempotency-Key"))
        .isNotEqualTo(edits.get(0).set().get("Idempotency-Key"));
  }

  @Test
  void theApplicationsOwnIdempotencyKeyStays() {
    TestEngine engine = new TestEngine(Yaml.api(2, "idempotency-header: Idempotency-Key"));
    FakeRequest request = FakeRequest.post(URL, "{}").with("idempotency-key", "its-own");
    assertThat(send(begin(engine, request), 503, 200))
        .extracting(edit -> edit.set().get("Idempotency-Key"))
        .containsExactly("its-own", "its-own");
  }

  @Test
  void failuresAreHeldAndSuccessesAreNot() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    HttpCall call = begin(engine, FakeRequest.get(URL));
    assertThat(call.holds(200)).isFalse();
    assertThat(call.holds(302)).isFalse();
    assertThat(call.holds(400)).isTrue();
    assertThat(call.holds(503)).isTrue();
    call.cancel();
  }

  @Test
  void whatCannotBeSentAgainIsNeitherHeldNorRotated() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    HttpCall call = begin(engine, FakeRequest.post(URL, "stream").once());
    assertThat(call.holds(429)).isFalse();
    assertThat(send(call, 429)).hasSize(1);
    assertThat(call.proceed()).isFalse();
  }

  @Test
  void aConnectionThatFailsIsRetriedWhenNothingWasSent() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    HttpCall call = begin(engine, FakeRequest.post(URL, "{}"));
    assertThat(call.proceed()).isTrue();
    assertThat(call.failed(new ConnectException("refused"))).isTrue();
    assertThat(call.proceed()).isTrue();
    assertThat(call.failed(new IOException("reset"))).isFalse();
    assertThat(call.proceed()).isFalse();
    assertThat(call.refused()).isNull();
  }

  @Test
  void theLaneComesFromTheBody() {
    TestEngine engine = new TestEngine("apis: {openai: {wait: 0s, keys: [secret-of-k1]}}");
    String url = "https://api.openai.com/v1/chat/completions";
    send(begin(engine, FakeRequest.post(url, "{\"model\":\"large\"}")), 429);

    HttpCall large = begin(engine, FakeRequest.post(url, "{\"model\":\"large\"}"));
    assertThat(large.proceed()).isFalse();
    assertThat(send(begin(engine, FakeRequest.post(url, "{\"model\":\"small\"}")), 200)).hasSize(1);
  }

  @Test
  void withoutAnyAttemptTheAnswerIsRotorsOwn() {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 0s"));
    send(begin(engine, FakeRequest.get(URL)), 429);

    HttpCall call = begin(engine, FakeRequest.get(URL));
    assertThat(call.proceed()).isFalse();
    RefusedAnswer refused = Objects.requireNonNull(call.refused());

    assertThat(refused.headers())
        .containsEntry("retry-after", "60")
        .containsEntry("x-should-retry", "false")
        .containsEntry("content-length", Integer.toString(refused.body().length));
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("no key of API `a` is usable: key k1 cools down")
        .doesNotContain("secret-of");
  }

  @Test
  void anAnswerOfItsOwnIsJsonWhateverTheMessage() {
    RefusedAnswer refused = new RefusedAnswer("a \"quote\", a \\, a\nline\u0001, ü and €", 3);
    byte[] body = refused.body();
    assertThat(JsonReader.of(List.of("/error/message")).first(body))
        .isEqualTo("a \"quote\", a \\, aline, ü and €");
    assertThat(JsonReader.of(List.of("/error/code")).first(body)).isEqualTo("rate_limit_exceeded");
    assertThat(refused.headers()).containsEntry("content-length", Integer.toString(body.length));
  }

  @Test
  void aCancelFreesTheKeyAtOnceAndIsNoFault() {
    List<String> before = faults();
    TestEngine engine = new TestEngine(Yaml.api(1));
    HttpCall call = begin(engine, FakeRequest.get(URL));
    assertThat(call.proceed()).isTrue();
    assertThat(engine.key("k1").inFlight()).isEqualTo(1);
    call.cancel();
    assertThat(engine.key("k1").inFlight()).isZero();
    assertThat(call.answered(200, Headers.NONE, NOTHING)).isFalse();
    assertThat(faults()).isEqualTo(before);
  }

  private static List<String> faults() {
    return RecordedLog.warnings().stream()
        .filter(it -> it.contains("a fault inside Rotor"))
        .toList();
  }

  @Test
  void anAnswerThatComesAfterTheCancelIsNobodysAndNoFault() {
    List<String> before = faults();
    TestEngine engine = new TestEngine(Yaml.api(1));
    HttpCall call = begin(engine, FakeRequest.get(URL));
    assertThat(call.proceed()).isTrue();
    call.cancel();
    AnswerBody body = call.passed(200, Headers.NONE);
    assertThat(body.isRead()).isFalse();
    body.end();
    assertThat(engine.key("k1").stats().calls()).as("the attempt alone").isEqualTo(1);
    assertThat(engine.key("k1").inFlight()).isZero();
    assertThat(faults()).isEqualTo(before);
  }

  @Test
  void aRestedKeyIsWaitedForWithinBounds() {
    TestEngine engine = new TestEngine(Yaml.api(1, "wait: 5s", "cooldown: 2s"));
    assertThat(send(begin(engine, FakeRequest.get(URL)), 429, 200)).hasSize(2);
    assertThat(engine.pauses()).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aKeysBaseUrlReplacesTheApisAndTheHostHeaderGoes() {
    TestEngine engine =
        new TestEngine(
            """
            apis:
              a:
                profile: generic-bearer
                base-url: https://api.example.com/v1
                keys:
                  - {secret: one, base-url: "https://eu.example.com/v2"}
            """);
    HttpCall call = begin(engine, FakeRequest.get(URL + "?q=1").with("Host", "api.example.com"));
    List<RequestEdit> edits = send(call, 200);
    assertThat(edits.get(0).uri()).isEqualTo(URI.create("https://eu.example.com/v2/things?q=1"));
    assertThat(edits.get(0).remove()).contains("Host");
  }

  @Test
  void whereRotorGaveUpClientsAreToldNotToTryEither() {
    assertThat(told(new TestEngine(Yaml.api(2, "wait: 0s")), FakeRequest.post(URL, "{}"), 429))
        .containsEntry("x-should-retry", "false");
    assertThat(told(new TestEngine(Yaml.api(2)), FakeRequest.get(URL), 503)).isNotEmpty();
  }

  @Test
  void whatRotorDidNotTryClientsMay() {
    assertThat(told(new TestEngine(Yaml.api(2)), FakeRequest.post(URL, "{}"), 503))
        .as("not safe for Rotor")
        .isEmpty();
    assertThat(told(new TestEngine(Yaml.api(2)), FakeRequest.get(URL), 404)).isEmpty();
  }

  private static Map<String, String> told(TestEngine engine, FakeRequest request, int status) {
    HttpCall call = begin(engine, request);
    send(call, status);
    return call.answerHeaders();
  }

  @Test
  void aCredentialThatComesLateIsReplacedOnlyIfItMayBe() throws ForeignCredentialException {
    TestEngine engine = new TestEngine(Yaml.api(1));
    HttpCall call = begin(engine, FakeRequest.get(URL));
    assertThat(call.proceed()).isTrue();
    assertThat(call.target()).isEqualTo(URI.create(URL));
    RequestEdit edit = call.place(FakeRequest.get(URL).with("Authorization", "Bearer rotor"));
    assertThat(edit.set()).containsEntry("Authorization", "Bearer secret-of-k1");
    FakeRequest foreign = FakeRequest.get(URL).with("Authorization", "Bearer somebody-elses");
    assertThatThrownBy(() -> call.place(foreign)).isInstanceOf(ForeignCredentialException.class);
    call.pass();
    assertThat(engine.key("k1").inFlight()).isZero();
  }

  @Test
  void aKeyGoesAlongToHopsOfItsApiOnlyAndNeverOutOfTls() {
    HttpCall call = begin(new TestEngine(Yaml.api(1)), FakeRequest.get(URL));
    assertThat(call.proceed()).isTrue();
    assertThat(call.target()).isEqualTo(URI.create(URL));
    assertThat(call.isOwnHop(URI.create("https://api.example.com/elsewhere"))).isTrue();
    assertThat(call.isOwnHop(URI.create("https://other.example.com/"))).isFalse();
    assertThat(call.isOwnHop(URI.create("http://api.example.com/"))).isFalse();
    call.cancel();
  }

  @Test
  void aKeyIsNotPlacedWhereTheHostHeaderNamesSomebodyElse() {
    HttpCall call = begin(new TestEngine(Yaml.api(1)), FakeRequest.get(URL));
    assertThat(call.proceed()).isTrue();
    assertThat(call.target()).isEqualTo(URI.create(URL));
    for (String own : new String[] {"api.example.com", "API.example.com", "api.example.com:443"}) {
      assertThat(call.isOwnHop(FakeRequest.get(URL).with("Host", own))).as(own).isTrue();
    }
    for (String other :
        new String[] {"evil.org", "api.example.com@evil.org", "a b", "evil.org:443"}) {
      FakeRequest request = FakeRequest.get(URL).with("Host", other);
      assertThat(call.isOwnHop(request)).as(other).isFalse();
      assertThatThrownBy(() -> call.place(request)).isInstanceOf(IllegalStateException.class);
    }
    call.cancel();
  }

  @Test
  void aCompressedFailureIsRead() throws IOException {
    TestEngine engine = new TestEngine("apis: {openai: {wait: 0s, keys: [secret-of-k1]}}");
    HttpCall call =
        begin(
            engine, FakeRequest.post("https://api.openai.com/v1/embeddings", "{\"model\":\"m\"}"));
    assertThat(call.proceed()).isTrue();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Providers.body("{\"error\":{\"code\":\"insufficient_quota\"}}"));
    }
    call.answered(
        429, name -> name.equals("Content-Encoding") ? "gzip" : null, bytes.toByteArray());
    assertThat(call.proceed()).isFalse();
    HttpCall next =
        begin(
            engine, FakeRequest.post("https://api.openai.com/v1/embeddings", "{\"model\":\"x\"}"));
    assertThat(next.proceed()).as("the quota is that of all models").isFalse();
  }

  @Test
  void aRequestWithAForeignCredentialCostsItsKeyNothing() throws Exception {
    TestEngine engine =
        new TestEngine(Yaml.api(1, "wait: 0s").replace("k1}", "k1, quota: {daily: 2}}"));
    FakeRequest request = FakeRequest.get("https://api.example.com/v1/things");
    for (int i = 0; i < 4; i++) {
      HttpCall call = begin(engine, request);
      assertThat(call.proceed()).isTrue();
      var unused = call.target();
      assertThatThrownBy(() -> call.place(request.with("Authorization", "Bearer somebody-elses")))
          .isInstanceOf(ForeignCredentialException.class);
      call.pass();
    }
    assertThat(engine.key("k1").stats().calls()).isZero();
    HttpCall own = begin(engine, request);
    assertThat(own.proceed()).isTrue();
    own.abandon();
  }

  @Test
  void anAnswerThatTellsItsAccountRestsItsKey() {
    TestEngine engine =
        new TestEngine("apis: {openai: {wait: 0s, keys: [{name: k1, secret: s1}]}}");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("openai-organization", "org-1");
    headers.put("retry-after", "30");
    HttpCall call =
        begin(
            engine,
            FakeRequest.post("https://api.openai.com/v1/chat/completions", "{\"model\":\"m\"}"));
    int sent = 0;
    while (sent < 5 && call.proceed()) {
      sent++;
      var unused = call.edit();
      call.answered(429, headers::get, new byte[0]);
    }
    assertThat(sent).isEqualTo(1);
  }
}
