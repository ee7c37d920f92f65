package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A 429 with each kind of told wait. */
final class WaitScenarios {

  private static final Map<String, String> LONGER = Map.of("retry-after", "900");

  private WaitScenarios() {}

  static List<Row> rows() {
    return List.of(
        told("`Retry-After` in seconds", () -> Map.of("retry-after", "300"), Apis.LIMITED),
        told("`Retry-After` as a date", () -> Map.of("retry-after", httpDate()), Apis.LIMITED),
        told("`retry-after-ms`", () -> Map.of("retry-after-ms", "300000"), Apis.LIMITED),
        told(
            "`x-ratelimit-reset-requests`",
            () ->
                Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "5m0s"),
            Apis.LIMITED),
        told("a delay in the body", Map::of, "{\"error\": {\"retry_after\": 300}}"),
        Row.of(
            "with one key, a call waits for as long as told",
            Apis.ONE_KEY + "wait: 5s\n",
            WaitScenarios::waits));
  }

  private static String httpDate() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(300));
  }

  /**
   * The call goes on with the other key; later Rotor's own answer says how long the first rests.
   */
  private static Row told(String form, Supplier<Map<String, String>> headers, String body) {
    return Row.of(
        "429, wait told by " + form,
        Apis.TWO_KEYS.replace(
            "profile: generic-bearer",
            "profile: {extends: generic-bearer, waits: [/error/retry_after]}"),
        it -> {
          it.provider().nextFor("alpha", 429, headers.get(), body);
          Seen rotated = it.get("/echo").send();
          assertThat(rotated.status()).as("%s", rotated).isEqualTo(200);
          it.provider().nextFor("beta", 429, LONGER, Apis.LIMITED);
          assertThat(it.get("/echo").send().status()).isEqualTo(429);
          Seen own = it.get("/echo").send();
          assertThat(own.status()).as("%s", own).isEqualTo(429);
          assertThat(own.header("retry-after")).as("%s", own).isNotNull();
          assertThat(Integer.parseInt(own.header("retry-after"))).isBetween(270, 316);
          assertThat(it.keys()).containsExactly("alpha", "beta", "beta");
        });
  }

  private static void waits(Trial it) {
    it.provider().next(429, Map.of("retry-after-ms", "150"), Apis.LIMITED);
    long start = System.nanoTime();
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
    assertThat(it.keys()).containsExactly("alpha", "alpha");
  }
}
