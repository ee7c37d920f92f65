package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.Fault;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** How long a key rests, in each form that providers tell it, and what waits for it meanwhile. */
class WaitsIT {

  @TestFactory
  Stream<DynamicNode> aToldWaitIsHeeded() {
    return new Table()
        .row(told("in seconds", () -> Map.of("retry-after", "300")))
        .row(told("as an HTTP date", () -> Map.of("retry-after", httpDate())))
        .row(told("in milliseconds", () -> Map.of("retry-after-ms", "300000")))
        .row(
            told(
                "as OpenAI spells it",
                () ->
                    Map.of(
                        "x-ratelimit-remaining-requests", "0",
                        "x-ratelimit-reset-requests", "5m0s")))
        .row(
            told(
                "as an instant",
                () ->
                    Map.of(
                        "x-ratelimit-remaining",
                        "0",
                        "x-ratelimit-reset",
                        Long.toString(System.currentTimeMillis() / 1000 + 300))))
        .row(
            "a key that has nothing left is passed over before it refuses",
            Apis.TWO_KEYS,
            WaitsIT::learned)
        .row("garbage in headers does no harm", Apis.TWO_KEYS, WaitsIT::garbage)
        .row(
            "a call waits for the key that is usable first",
            Apis.ONE_KEY + "wait: 5s\n",
            WaitsIT::waits)
        .run();
  }

  private static String httpDate() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(300));
  }

  /** One key rests as told: Rotor's own answer says for how long. */
  private static Scenario told(String form, Supplier<Map<String, String>> headers) {
    return Scenario.of(
        "a wait told " + form,
        Apis.ONE_KEY,
        it -> {
          it.provider().next(429, headers.get(), Apis.LIMITED);
          assertThat(it.get("/echo").send().status()).isEqualTo(429);
          Seen own = it.get("/echo").send();
          assertThat(own.status()).isEqualTo(429);
          assertThat(own.number("length")).isPositive();
          assertThat(Integer.parseInt(own.header("retry-after"))).isBetween(270, 316);
          assertThat(it.keys()).containsExactly("alpha");
        });
  }

  private static void learned(Case it) {
    it.provider()
        .next(
            200,
            Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "1m0s"),
            "{}");
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }

  private static void garbage(Case it) {
    for (int i = 1; i <= 3; i++) {
      it.provider().faultAt(i, Fault.garbageHeaders());
      assertThat(it.get("/echo").send().status()).isEqualTo(200);
    }
    assertThat(it.keys()).containsExactly("alpha", "alpha", "alpha");
  }

  private static void waits(Case it) {
    it.provider().next(429, Map.of("retry-after-ms", "150"), Apis.LIMITED);
    long start = System.nanoTime();
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
    assertThat(it.keys()).containsExactly("alpha", "alpha");
  }
}
