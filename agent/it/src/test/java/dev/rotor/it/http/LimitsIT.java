package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.KeyCounts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Many threads over keys that suffice together, and alone do not. */
class LimitsIT {

  private static final int THREADS = 16;
  private static final int CALLS = 20;

  private static final String FOUR_KEYS =
      """
      profile: generic-bearer
      base-url: <url>
      strategy: round-robin
      wait: {max: 10s, callers: 100}
      keys: ["${KEY_ALPHA}", "${KEY_BETA}", "${KEY_GAMMA}", "${KEY_DELTA}"]
      """;
  private static final String LIMITED_KEYS =
      FOUR_KEYS.replaceFirst("keys: .*", "")
          + """
      keys:
        - {name: alpha, secret: "${KEY_ALPHA}", limits: {requests: 80/1m}}
        - {name: beta, secret: "${KEY_BETA}", limits: {requests: 80/1m}}
        - {name: gamma, secret: "${KEY_GAMMA}", limits: {requests: 80/1m}}
        - {name: delta, secret: "${KEY_DELTA}", limits: {requests: 80/1m}}
      """;

  @TestFactory
  Stream<DynamicNode> noCallFails() {
    return new Table()
        .row(
            Scenario.of("limits that only the provider knows", FOUR_KEYS, LimitsIT::allSucceed)
                .provider(stub -> Keys.limited("50/500ms")))
        .row(
            Scenario.of("limits that stand in the file", LIMITED_KEYS, LimitsIT::neverRefused)
                .provider(stub -> Keys.limited("80/1m")))
        .run();
  }

  private static Seen load(Case it) {
    return it.post("/echo", "{}").with("threads", THREADS).with("calls", CALLS).run("threads");
  }

  private static void allSucceed(Case it) {
    Seen seen = load(it);
    assertThat(seen.number("failed")).as("%s", seen).isZero();
    assertThat(seen.number("succeeded")).isEqualTo(THREADS * CALLS);
    assertThat(sum(it).ok()).isEqualTo(THREADS * CALLS);
    assertThat(it.provider().counts().values())
        .allSatisfy(key -> assertThat(key.ok()).isPositive());
  }

  private static void neverRefused(Case it) {
    allSucceed(it);
    assertThat(sum(it).rateLimited()).isZero();
    for (String key : it.provider().counts().keySet()) {
      assertThat(it.provider().counts(key).ok()).isEqualTo(80);
    }
  }

  private static KeyCounts sum(Case it) {
    return it.provider().counts().values().stream()
        .reduce(
            KeyCounts.NONE,
            (a, b) ->
                new KeyCounts(
                    a.requests() + b.requests(),
                    a.ok() + b.ok(),
                    a.rateLimited() + b.rateLimited(),
                    a.unauthorized() + b.unauthorized(),
                    a.serverErrors() + b.serverErrors()));
  }
}
