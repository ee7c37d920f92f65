package dev.rotor.it.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.example.it.otel.TracedProgram;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.harness.TestKey;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.ReceivedRequest;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Both agents on one application, whose request Rotor sends three times. */
class OpenTelemetryIT {

  /** The OpenTelemetry agent takes its time on a busy machine. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final List<String> CLIENTS =
      List.of("jdk-send", "jdk-async", "url", "okhttp", "okhttp-enqueue");

  @TestFactory
  Stream<DynamicNode> rotorFirst() {
    return run(Order.ROTOR_FIRST);
  }

  @TestFactory
  Stream<DynamicNode> openTelemetryFirst() {
    return run(Order.OPENTELEMETRY_FIRST);
  }

  private static Stream<DynamicNode> run(Order order) {
    List<TracedCase> cases = new ArrayList<>();
    for (String client : CLIENTS) {
      cases.add(TracedCase.of(client, false));
      cases.add(TracedCase.of(client, true));
    }
    Outcome outcome = run(child(cases).keys(TracedCase.KEYS.toArray(TestKey[]::new)), order, cases);
    List<ExportedSpan> spans = ExportedSpan.in(outcome.err());
    List<DynamicNode> nodes = new ArrayList<>();
    for (TracedCase one : cases) {
      one.ended(outcome.outLines(), spans);
      nodes.add(
          dynamicContainer(
              one.id(),
              Stream.of(
                  dynamicTest("the keys rotate", () -> assertRotated(one)),
                  dynamicTest(
                      "the spans are as documented",
                      () -> Traces.expected(order, one).check(one)))));
    }
    nodes.add(dynamicTest("neither agent complains", () -> assertQuiet(outcome)));
    return nodes.stream().onClose(() -> cases.forEach(TracedCase::close));
  }

  @TestFactory
  Stream<DynamicNode> aKeyInTheQueryWithRotorFirst() {
    return runWithQuery(Order.ROTOR_FIRST);
  }

  @TestFactory
  Stream<DynamicNode> aKeyInTheQueryWithOpenTelemetryFirst() {
    return runWithQuery(Order.OPENTELEMETRY_FIRST);
  }

  private static Stream<DynamicNode> runWithQuery(Order order) {
    List<TracedCase> cases = CLIENTS.stream().map(TracedCase::ofQuery).toList();
    ChildJvm child = child(cases);
    // not as keys, since what is printed is looked at here
    TracedCase.KEYS.forEach(key -> child.environment(key.variable(), key.secret()));
    Outcome outcome = run(child, order, cases);
    String masked = Keys.masked(outcome.err());
    List<ExportedSpan> spans = ExportedSpan.in(masked);
    List<DynamicNode> nodes = new ArrayList<>();
    for (TracedCase one : cases) {
      one.ended(outcome.outLines(), spans);
      nodes.add(
          dynamicTest(
              one.client() + ": spans show what is documented", () -> assertShown(order, one)));
    }
    nodes.add(
        dynamicTest(
            "nothing else shows a key",
            () -> {
              assertThat(Keys.areIn(outcome.out())).isFalse();
              assertThat(masked.lines().filter(it -> !it.contains("\"traceId\"")))
                  .noneMatch(OpenTelemetryIT::showsKey);
            }));
    return nodes.stream().onClose(() -> cases.forEach(TracedCase::close));
  }

  private static void assertShown(Order order, TracedCase one) {
    assertThat(one.requests())
        .extracting(ReceivedRequest::key)
        .containsExactly("alpha", "beta", "gamma");
    assertThat(one.spans()).as("%s", one).isNotEmpty();
    boolean shown = one.spans().stream().anyMatch(span -> showsKey(span.text()));
    assertThat(shown).as("%s", one).isEqualTo(Traces.showKeysInQueries(order, one));
  }

  private static boolean showsKey(String masked) {
    return TracedCase.KEYS.stream().anyMatch(key -> masked.contains("(" + key.name() + ")"));
  }

  private static Outcome run(ChildJvm child, Order order, List<TracedCase> cases) {
    String apis = cases.stream().map(TracedCase::yaml).collect(Collectors.joining());
    order.attach(child, "apis:\n" + apis);
    try (RunningJvm running = child.start()) {
      return running.end(LONGEST);
    }
  }

  private static ChildJvm child(List<TracedCase> cases) {
    return ChildJvm.running(TracedProgram.class)
        .classPath(
            ChildJvm.location(OkHttpClient.class),
            ChildJvm.location(okio.Buffer.class),
            ChildJvm.location(kotlin.Unit.class),
            ChildJvm.location(GlobalOpenTelemetry.class),
            ChildJvm.location(Context.class),
            ChildJvm.location(ComponentLoader.class))
        .arguments(cases.stream().map(TracedCase::argument).toArray(String[]::new))
        .property("otel.traces.exporter", "logging-otlp")
        .property("otel.metrics.exporter", "none")
        .property("otel.logs.exporter", "none");
  }

  private static void assertRotated(TracedCase one) {
    assertThat(one.seen().get("status")).as("%s", one).isEqualTo("200");
    assertThat(one.requests())
        .extracting(ReceivedRequest::key)
        .as("the end of the child searched its output, spans included, for their secrets")
        .containsExactly("alpha", "beta", "gamma");
    assertThat(one.requests()).extracting(ReceivedRequest::status).containsExactly(429, 429, 200);
  }

  private static void assertQuiet(Outcome outcome) {
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err())
        .contains("[rotor] INFO started", "VersionLogger")
        .doesNotContain("WARN", "ERROR", "SEVERE", "Exception", "\tat ");
  }
}
