package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Payload;
import dev.rotor.samples.stub.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What the application reads: one answer, the final one, as it comes. */
class AnswersIT {

  private static final Duration GAP = Duration.ofMillis(60);
  private static final String CHAT =
      """
      {"model": "m", "stream": true, "messages": [{"role": "user", "content": "one two three"}]}""";

  @TestFactory
  Stream<DynamicNode> answersAreHandedOn() {
    return new Table()
        .row(streamed("a stream's lines come one by one", AnswersIT::streams))
        .row(streamed("also after a rotation", AnswersIT::streamsAfterRotation))
        .row("a stream that breaks off is not sent again", Apis.TWO_KEYS, AnswersIT::cutOff)
        .row("a large error answer is handed on whole", Apis.TWO_KEYS, AnswersIT::largeError)
        .row("a large answer is handed on whole", Apis.TWO_KEYS, AnswersIT::largeAnswer)
        .row("headers of an answer that may rotate stay", Apis.ONE_KEY, AnswersIT::heldHeaders)
        .row("an error without a body", Apis.ONE_KEY, AnswersIT::emptyError)
        .row(jdk("a body handler is asked once", AnswersIT::handlerOnce))
        .row(jdk("a line subscriber sees one answer", AnswersIT::lineSubscriber))
        .row(jdk("a file that must be new is written once", AnswersIT::newFile))
        .row(jdk("a discarding handler", AnswersIT::discarding))
        .row(jdk("handlers read Rotor's own answer", AnswersIT::ownAnswer))
        .run();
  }

  private static Scenario streamed(String name, Scenario.Body body) {
    return Scenario.of(name, Apis.TWO_KEYS, body).provider(stub -> stub.streamGap(GAP));
  }

  private static Scenario jdk(String name, Scenario.Body body) {
    return Scenario.of(name, Apis.TWO_KEYS, body).with(Way.JDK);
  }

  private static void limit(Case it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
  }

  private static void streams(Case it) {
    Seen seen = it.post("/v1/chat/completions", CHAT).with("read", "lines").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).startsWith("data: {").endsWith("data: [DONE]\n\n");
    // seven events and six gaps; one that was buffered comes at once
    assertThat(seen.number("last") - seen.number("first")).isGreaterThan((int) GAP.toMillis() * 3);
    assertThat(it.keys()).hasSize(1);
  }

  private static void streamsAfterRotation(Case it) {
    limit(it);
    Seen seen = it.post("/v1/chat/completions", CHAT).with("read", "lines").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).startsWith("data: {").endsWith("data: [DONE]\n\n");
    assertThat(seen.number("last") - seen.number("first")).isGreaterThan((int) GAP.toMillis() * 3);
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void cutOff(Case it) {
    it.provider().faultAt(1, Fault.cut());
    Seen seen = it.get("/echo/some-longer-path").send();
    if (it.way() == Way.URL_HTTPS) {
      assertThat(seen.length()).as("the JDK's takes half for the whole").isLessThan(60);
    } else {
      assertThat(seen.failure()).as("%s", seen).isNotNull();
    }
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void largeError(Case it) {
    String body = "{\"error\": \"" + "x".repeat(400_000) + "\"}";
    it.provider().next(429, Map.of("retry-after", "30", "x-large", "yes"), body);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("too long to be held").isEqualTo(429);
    assertThat(seen.header("x-large")).isEqualTo("yes");
    assertThat(seen.length()).isEqualTo(body.length());
    assertThat(seen.sum()).isEqualTo(Payload.sum(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).as("and its key rests").containsExactly("alpha", "beta");
  }

  private static void largeAnswer(Case it) {
    String body = "0123456789".repeat(300_000);
    it.provider().next(200, Map.of(), body);
    Seen seen = it.get("/echo").send();
    assertThat(seen.length()).isEqualTo(body.length());
    assertThat(seen.sum()).isEqualTo(Payload.sum(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void heldHeaders(Case it) {
    it.provider().next(400, Map.of("x-one", "1", "x-two", "2"), "{\"error\": \"ä\"}");
    Seen seen = it.post("/echo", "hello").send();
    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.text()).isEqualTo("{\"error\": \"ä\"}");
    assertThat(seen.headers()).contains("x-one: 1", "x-two: 2", "content-type: application/json");
  }

  private static void emptyError(Case it) {
    it.provider().next(500, Map.of(), "");
    Seen seen = it.post("/echo", "hello").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(500);
    assertThat(seen.length()).isZero();
  }

  private static Seen handled(Case it, String handler) {
    return it.get("/echo/handled").with("handler", handler).run("handler");
  }

  private static void handlerOnce(Case it) {
    limit(it);
    Seen seen = handled(it, "counted");
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.number("calls")).isEqualTo(1);
    assertThat(seen.words().get("statuses")).isEqualTo("[200]");
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void lineSubscriber(Case it) {
    limit(it);
    it.provider().next(200, Map.of(), "first line\nsecond line\n");
    Seen seen = handled(it, "line-subscriber");
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).isEqualTo("first line\nsecond line");
    assertThat(seen.number("subscribed")).isEqualTo(1);
    assertThat(seen.number("completed")).isEqualTo(1);
  }

  private static void newFile(Case it) {
    limit(it);
    Seen seen = handled(it, "new-file");
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).contains("/echo/handled");
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void discarding(Case it) {
    limit(it);
    assertThat(handled(it, "discarding").status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void ownAnswer(Case it) {
    limit(it);
    limit(it);
    Seen last = handled(it, "new-file");
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.text()).isEqualTo(Apis.LIMITED);
    Seen own = handled(it, "new-file");
    assertThat(own.status()).as("%s", own).isEqualTo(429);
    assertThat(own.text()).contains("no key of API");
    assertThat(handled(it, "line-subscriber").text()).contains("no key of API");
    assertThat(handled(it, "counted").number("calls")).isEqualTo(1);
    assertThat(it.keys()).hasSize(2);
  }
}
