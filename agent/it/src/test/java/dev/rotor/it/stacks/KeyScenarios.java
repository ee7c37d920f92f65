package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import dev.rotor.it.http.Sending;
import dev.rotor.samples.stub.Fault;
import java.util.List;
import java.util.Map;

/** Another key, because this one is at fault. */
final class KeyScenarios {

  private static final String QUOTA =
      "{\"error\": {\"message\": \"You exceeded your current quota\", \"code\": \"insufficient_quota\"}}";

  /** Those of a call whose API has {@code retry: {max: 3}}, as they all have. */
  private static final int ATTEMPTS = 4;

  private KeyScenarios() {}

  static List<Row> rows() {
    return List.of(
        Row.of("a refused key (401) is disabled", Apis.TWO_KEYS, KeyScenarios::refused),
        Row.of("`insufficient_quota` rests its key", Apis.TWO_KEYS, it -> quota(it, Map.of())),
        Row.of(
            "a compressed 429 is read, too",
            Apis.TWO_KEYS,
            it -> quota(it, Map.of("content-encoding", "gzip"))),
        Row.of(
            "when all keys are limited, the client's own retries do not begin",
            Apis.TWO_KEYS,
            KeyScenarios::noRetry),
        Row.of(
            "when a GET's retries are used up (503), the client's own do not begin",
            Apis.TWO_KEYS,
            KeyScenarios::noRetryAfter503));
  }

  private static void refused(Trial it) {
    it.provider().disable("alpha");
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta", "beta");
    assertThat(it.told("apis." + it.api() + ": key alpha"))
        .filteredOn(line -> line.contains("is disabled"))
        .hasSize(1);
  }

  private static void quota(Trial it, Map<String, String> headers) {
    it.provider().nextFor("alpha", 429, headers, QUOTA);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    it.provider().nextFor("beta", 429, Map.of("retry-after", "7200"), Apis.LIMITED);
    assertThat(it.get("/echo").send().status()).isEqualTo(429);
    Seen own = it.get("/echo").send();
    assertThat(own.status()).as("%s", own).isEqualTo(429);
    assertThat(own.header("retry-after")).as("%s", own).isNotNull();
    assertThat(Integer.parseInt(own.header("retry-after")))
        .as("an hour, and not the cool-down of a minute")
        .isBetween(3000, 3700);
    assertThat(it.keys()).containsExactly("alpha", "beta", "beta");
  }

  private static void noRetry(Trial it) {
    it.provider().next(404, Map.of(), "{}");
    assertThat(usual(it).send().header("x-should-retry")).as("of a 404").isNull();
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    it.provider().next(429, Map.of("retry-after", "40", "x-answer", "last"), Apis.LIMITED);
    Seen seen = usual(it).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(seen.header("x-answer")).isEqualTo("last");
    assertThat(seen.text()).isEqualTo(Apis.LIMITED);
    assertThat(seen.header("x-should-retry")).isEqualTo("false");
    assertThat(it.keys()).containsExactly("alpha", "alpha", "beta");
    Seen own = usual(it).send();
    assertThat(own.status()).as("Rotor's own: %s", own).isEqualTo(429);
    assertThat(own.header("x-should-retry")).isEqualTo("false");
    assertThat(it.keys()).as("the provider is left alone").hasSize(3);
  }

  private static void noRetryAfter503(Trial it) {
    for (int number = 1; number <= 2 * ATTEMPTS; number++) {
      it.provider().faultAt(number, Fault.status(503));
    }
    Seen seen = usual(it).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(503);
    assertThat(seen.header("x-should-retry")).isEqualTo("false");
    assertThat(it.keys()).hasSize(ATTEMPTS).containsOnly("alpha");
  }

  /** By a client that retries as it does by default. */
  private static Sending usual(Trial it) {
    return it.get("/echo").with("retries", "default");
  }
}
