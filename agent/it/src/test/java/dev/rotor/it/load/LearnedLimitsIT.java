package dev.rotor.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.KeyCounts;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The file says nothing of limits, the provider's answers do: under a load that all keys together
 * can just bear, or more, none is refused once each key has answered.
 */
class LearnedLimitsIT {

  /** Of each of four keys; they serve 200 a second together. */
  private static final String RATE = "50/1s";

  private static final Duration WINDOW = Duration.ofSeconds(1);

  private static final int CALLS_PER_SECOND = 180;
  private static final int WINDOWS = 8;
  private static final int EVENLY = 1_000_000 / CALLS_PER_SECOND;
  private static final int CALLS = CALLS_PER_SECOND * WINDOWS;

  private static final String API =
      """
      apis:
        api:
          profile: <profile>
          base-url: <url>
          strategy: <strategy>
          wait: {max: 5s, callers: 100}
          keys: ["${KEY_ALPHA}", "${KEY_BETA}", "${KEY_GAMMA}", "${KEY_DELTA}"]
      """;

  @Test
  void nothingIsRefusedInTurn() {
    run("generic-bearer", "round-robin", EVENLY);
  }

  @Test
  void nothingIsRefusedByWeight() {
    run("generic-bearer", "weighted", EVENLY);
  }

  /** One key is used up before the next is touched, and calls wait for most of the time. */
  @Test
  void nothingIsRefusedWhereMoreIsAskedForThanAllServe() {
    run("generic-bearer", "priority", 0);
  }

  /** OpenAI's limits fill up evenly, the stub's all at once, which is to be found out. */
  @Test
  void nothingIsRefusedWhereTheProfileIsWrongAboutWindows() {
    run("openai", "round-robin", EVENLY);
  }

  private static void run(String profile, String strategy, int gapMicros) {
    String yaml = API.replace("<profile>", profile).replace("<strategy>", strategy);
    try (StubProvider provider = Keys.limited(RATE).fixedWindow().start();
        LoadedApplication application =
            new LoadedApplication(yaml.replace("<url>", provider.url()), Keys.ALL)) {
      application.start(
          new Words()
              .with("url", provider.url() + "/echo")
              .with("ways", "jdk-send,okhttp,jdk-async")
              .with("threads", 24)
              .with("calls", CALLS)
              .with("gap", gapMicros));
      Words seen = application.join();
      assertThat(seen.number("ok", 0)).as("%s", seen).isEqualTo(CALLS);
      assertThat(refusedAfterTheFirstWindow(provider)).isEmpty();
      assertThat(provider.counts().values()).extracting(KeyCounts::ok).allMatch(it -> it > 0);
    }
  }

  /** That of each key begins with the first request that it counts. */
  private static List<ReceivedRequest> refusedAfterTheFirstWindow(StubProvider provider) {
    Map<String, Instant> ends = new HashMap<>();
    List<ReceivedRequest> refused = new ArrayList<>();
    for (ReceivedRequest request : provider.requests()) {
      Instant at = request.limitedAt();
      Instant end = ends.computeIfAbsent(request.key(), key -> at.plus(WINDOW));
      if (request.status() == 429 && !at.isBefore(end)) {
        refused.add(request);
      }
    }
    return refused;
  }
}
