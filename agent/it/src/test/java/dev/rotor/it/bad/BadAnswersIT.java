package dev.rotor.it.bad;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.bad.Reader;
import com.example.it.http.Payload;
import com.example.it.http.Words;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.TestKey;
import dev.rotor.it.http.Application;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/**
 * Answers that cannot be understood: the application sees the provider's bytes as they are, every
 * call goes on within its bounds, and one warning a key and kind says what was odd.
 */
class BadAnswersIT {

  private static final List<String> CLIENTS = List.of("jdk", "jdk-async", "okhttp");
  private static final String COST =
      "{\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 1}}";
  private static final String JSON = "Content-Type: application/json\n";
  private static final int HUGE = 100_000_000;
  private static final int TIMES = 3;

  /** More than any call here takes, and less than any of the waits that the answers tell. */
  private static final int BOUND_MILLIS = 10_000;

  /**
   * One bad answer.
   *
   * @param told what the one warning says after the answer's ...; empty: none
   */
  // nobody changes the array
  @SuppressWarnings("ArrayRecordComponent")
  private record Bad(String name, int status, String headers, byte[] body, List<String> told) {}

  private static Bad bad(String name, int status, String headers, String body, String... told) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Bad(name, status, headers, bytes, List.of(told));
  }

  private static final List<Bad> ALL =
      List.of(
          bad(
              "garbage",
              200,
              JSON
                  + "x-ratelimit-limit-requests: many\n"
                  + "x-ratelimit-remaining-requests: -7e99\n"
                  + "x-ratelimit-reset-requests: \u00ff\u00fe soon\n"
                  + "x-ratelimit-remaining-tokens: \n"
                  + "x-ratelimit-reset-tokens: 99999999999999999999999999h",
              COST,
              "header x-ratelimit-limit-requests cannot be read",
              "header x-ratelimit-remaining-requests cannot be read",
              "header x-ratelimit-reset-requests cannot be read",
              "header x-ratelimit-reset-tokens cannot be read"),
          bad(
              "negative",
              200,
              JSON
                  + "x-ratelimit-limit-requests: -100\n"
                  + "x-ratelimit-remaining-requests: -20\n"
                  + "x-ratelimit-reset-requests: -30",
              COST,
              "header x-ratelimit-limit-requests is negative",
              "header x-ratelimit-remaining-requests is negative",
              "header x-ratelimit-reset-requests is negative"),
          bad(
              "far",
              200,
              JSON + "x-ratelimit-remaining-requests: 500\nx-ratelimit-reset-requests: 9999d",
              COST,
              "header x-ratelimit-reset-requests lies more than a year ahead"),
          bad(
              "past",
              200,
              JSON
                  + "x-ratelimit-remaining-requests: 500\n"
                  + "x-ratelimit-reset-requests: 2001-01-01T00:00:00Z",
              COST,
              "header x-ratelimit-reset-requests is in the past"),
          bad(
              "duplicated",
              200,
              JSON
                  + "x-ratelimit-remaining-requests: 500\n"
                  + "x-ratelimit-remaining-requests: 700\n"
                  + "x-ratelimit-reset-requests: 1s\n"
                  + "x-ratelimit-reset-requests: 2s",
              COST,
              "header x-ratelimit-remaining-requests stands there more than once",
              "header x-ratelimit-reset-requests stands there more than once"),
          bad(
              "text-usage",
              200,
              JSON,
              "{\"usage\": {\"prompt_tokens\": \"many\", \"completion_tokens\": 1}}",
              "member /usage/prompt_tokens cannot be read"),
          bad("no-object", 200, JSON, "{\"usage\": \"plenty\"}", "member /usage/"),
          bad("no-json", 200, JSON, "<html>Too much!</html>", "body is said to be JSON"),
          bad("truncated", 200, JSON, "{\"a\": [1, 2, {\"b\": \"c", "body is said to be JSON"),
          bad("binary", 200, JSON, "\u0000\u0001\ufffd\u0007", "body is said to be JSON"),
          bad("bad-refusal", 400, JSON, "{\"error\": {\"code\": ", "body is said to be JSON"),
          bad(
              "wait-for-ever",
              429,
              JSON + "Retry-After: 99999999",
              "{}",
              "header retry-after lies more than a year ahead"),
          bad(
              "wait-garbage",
              429,
              JSON + "Retry-After: Someday, 32 Foo 20xx 25:61:61 GMT\nretry-after-ms: NaN",
              "{}",
              "header retry-after cannot be read",
              "header retry-after-ms cannot be read"),
          new Bad("huge", 200, JSON, new byte[0], List.of()));

  private static String api(String name, String url, TestKey key) {
    return """
          %s:
            profile: openai
            base-url: %s
            retry: {max: 1, backoff: 10ms}
            keys: [{name: primary, secret: "${%s}"}]
        """
        .formatted(name, url, key.variable());
  }

  @Test
  void everyCallGoesOnAndSeesTheBytesAsTheyAre() throws Exception {
    List<RawServer> servers = new ArrayList<>();
    List<TestKey> keys = new ArrayList<>();
    StringBuilder yaml =
        new StringBuilder("defaults: {wait: 1s, deadline: 5s, circuit-breaker: off}\napis:\n");
    for (Bad bad : ALL) {
      RawServer server = RawServer.answering(answer(bad));
      servers.add(server);
      // of accounts of their own, so that no rest of one is another's
      TestKey key = TestKey.of(bad.name().replace('-', '_'));
      keys.add(key);
      yaml.append(api(bad.name(), server.url(), key));
    }
    ChildJvm child =
        ChildJvm.running(Reader.class)
            .classPath(
                ChildJvm.location(OkHttpClient.class),
                ChildJvm.location(okio.Buffer.class),
                ChildJvm.location(kotlin.Unit.class))
            .option("-Xmx64m")
            .keys(keys.toArray(TestKey[]::new))
            .config(yaml.toString());
    try (Application application = Application.start(child)) {
      for (int i = 0; i < ALL.size(); i++) {
        for (String client : CLIENTS) {
          look(application, ALL.get(i), client, servers.get(i));
        }
      }
      Outcome outcome = application.end();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      assertThat(outcome.err()).doesNotContain("a fault inside Rotor").doesNotContain("\tat ");
      assertThat(oddities(outcome)).containsExactlyInAnyOrderElementsOf(expected(outcome));
    } finally {
      for (RawServer server : servers) {
        server.close();
      }
    }
  }

  private static void look(Application application, Bad bad, String client, RawServer server) {
    boolean isHuge = bad.name().equals("huge");
    for (int i = 0; i < (isHuge ? 1 : TIMES); i++) {
      int before = server.requests();
      Words seen =
          application
              .ask(new Words().with("client", client).with("url", server.url() + "/v1/x"))
              .words();
      String what = bad.name() + " by " + client + ": " + seen;
      assertThat(seen.number("status", -1)).as(what).isEqualTo(bad.status());
      assertThat(seen.number("millis", -1)).as(what).isLessThan(BOUND_MILLIS);
      if (isHuge) {
        assertThat(seen.get("length")).as(what).isEqualTo(Integer.toString(HUGE));
      } else if (server.requests() > before) {
        // else the key rests, and the answer is Rotor's own
        assertThat(seen.get("sum")).as(what).isEqualTo(Long.toString(Payload.sum(bad.body())));
      } else {
        assertThat(bad.status()).as(what).isEqualTo(429);
      }
    }
  }

  private static RawServer.Answer answer(Bad bad) {
    return bad.name().equals("huge")
        ? BadAnswersIT::writeHuge
        : RawServer.whole(bad.status(), bad.headers(), bad.body());
  }

  private static void writeHuge(java.io.OutputStream out) throws java.io.IOException {
    String head =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + HUGE
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    byte[] part = new byte[100_000];
    Arrays.fill(part, (byte) 'x');
    for (int written = 0; written < HUGE; written += part.length) {
      out.write(part);
    }
  }

  private static List<String> oddities(Outcome outcome) {
    return outcome.err().lines().filter(it -> it.contains("the answer's ")).toList();
  }

  /** The lines that were expected, in their own words where there is one. */
  private static List<String> expected(Outcome outcome) {
    List<String> lines = oddities(outcome);
    List<String> expected = new ArrayList<>();
    for (Bad bad : ALL) {
      for (String told : bad.told()) {
        String start = "apis." + bad.name() + ": key primary: the answer's " + told;
        expected.add(
            lines.stream()
                .filter(it -> it.contains(start))
                .findFirst()
                .orElse("missing: " + start));
      }
    }
    return Collections.unmodifiableList(expected);
  }
}
