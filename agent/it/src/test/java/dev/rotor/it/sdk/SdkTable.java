package dev.rotor.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.example.it.http.Words;
import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.KeyCounts;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** What holds for every SDK and each of its ways to ask. */
final class SdkTable {

  private static final int THREADS = 8;
  private static final int CALLS = SdkApplication.KEY_SERVES * SdkApplication.KEYS.size();

  /** So few that no call meets one with every key. */
  private static final int SURELY_REFUSED = 3;

  private SdkTable() {}

  static Stream<DynamicNode> run(String sdk, List<Way> ways, boolean byMethod) {
    SdkApplication application = SdkApplication.start(sdk, ways, byMethod);
    List<DynamicNode> nodes = new ArrayList<>();
    // each way once first: then all classes are loaded
    nodes.add(
        dynamicContainer(
            "after a 503",
            ways.stream().map(way -> unavailable(application, way, byMethod && way.repeats()))));
    nodes.add(
        dynamicContainer(
            "no call fails and no 429 is seen",
            ways.stream().map(way -> dynamicTest(way.name(), () -> load(application, way)))));
    if (byMethod) {
      nodes.add(dynamicTest("each pattern matches its method", application::awaitUnmatched));
    }
    nodes.add(dynamicTest("no fault and no secret was printed", application::end));
    return nodes.stream().onClose(application::close);
  }

  private static DynamicTest unavailable(SdkApplication application, Way way, boolean repeats) {
    return dynamicTest(
        way.name() + (repeats ? ": the method repeats" : ": a POST is not sent again"),
        () -> askUnavailable(application, way, repeats));
  }

  /** Tells apart who is bound: a host never sends a POST again, a method that says so does. */
  private static void askUnavailable(SdkApplication application, Way way, boolean repeats) {
    StubProvider provider = application.provider(way);
    provider.next(503, Map.of(), "{}");
    Words seen =
        application.ask(
            way, new Words().with("do", "one").with("retries", 0).with("text", "call-000"));
    if (repeats) {
      assertThat(seen.get("text"))
          .as("%s", seen)
          .isEqualTo(way.expected().replace("<text>", "call-000"));
      assertThat(provider.requests()).extracting(ReceivedRequest::status).containsExactly(503, 200);
    } else {
      assertThat(seen.get("failure")).as("%s", seen).isNotNull();
      assertThat(provider.requests()).extracting(ReceivedRequest::status).containsExactly(503);
    }
    assertThat(Keys.of(provider)).isSubsetOf("alpha", "beta", "gamma", "delta");
    provider.reset();
  }

  /** As many calls as the keys together serve, to the last; the SDK itself retries nothing. */
  private static void load(SdkApplication application, Way way) {
    StubProvider provider = application.provider(way);
    for (int i = 0; i < SURELY_REFUSED; i++) {
      provider.next(429, Map.of("retry-after-ms", "1"), Apis.LIMITED);
    }
    Words seen =
        application.ask(
            way,
            new Words()
                .with("do", "load")
                .with("retries", 0)
                .with("threads", THREADS)
                .with("calls", CALLS));
    assertThat(seen.get("problem")).as("%s", seen).isEmpty();
    assertThat(seen.number("succeeded", 0)).isEqualTo(CALLS);
    assertThat(SdkApplication.KEYS)
        .extracting(key -> provider.counts(key.name()).ok())
        .containsOnly((long) SdkApplication.KEY_SERVES);
    assertThat(provider.counts(SdkApplication.OF_THE_HOST.name()))
        .as("of the API that is not meant")
        .isEqualTo(KeyCounts.NONE);
    assertThat(provider.counts().values().stream().mapToLong(KeyCounts::rateLimited).sum())
        .as("429s that stayed below the SDK")
        .isGreaterThanOrEqualTo(SURELY_REFUSED);
    assertOneAnswerEach(provider);
  }

  /** Besides 429s, each logical request was received once. */
  private static void assertOneAnswerEach(StubProvider provider) {
    assertThat(provider.requests())
        .allSatisfy(request -> assertThat(request.status()).isIn(200, 429));
    Map<String, Long> answered =
        provider.requests().stream()
            .filter(request -> request.status() == 200)
            .collect(
                Collectors.groupingBy(
                    request -> request.text().replaceAll("(?s).*(call-\\d{3}).*", "$1"),
                    Collectors.counting()));
    assertThat(answered).hasSize(CALLS);
    assertThat(answered.values()).containsOnly(1L);
  }
}
