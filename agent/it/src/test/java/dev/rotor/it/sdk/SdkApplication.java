package dev.rotor.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import com.example.it.sdk.SdkProgram;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.harness.StackJars;
import dev.rotor.it.harness.TestKey;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.StubProvider;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An application with an SDK in a child JVM; each way to ask has an API and a provider. */
final class SdkApplication implements AutoCloseable {

  /** What one key may do alone. */
  static final int KEY_SERVES = 40;

  static final List<TestKey> KEYS = Keys.ALL;

  /** The key of whatever else is sent to the same hosts. */
  static final TestKey OF_THE_HOST = TestKey.of("epsilon");

  /** A pattern that matches nothing. */
  private static final String NOWHERE = "com.example.it.sdk.SdkProgram#nowhere";

  private static final String DEFAULTS =
      """
      defaults:
        wait: 2s
        retry: {backoff: 1ms, max-backoff: 5ms, max: 3, budget: 100%}
        circuit-breaker: off
      apis:
      """;

  private final Map<String, StubProvider> providers = new LinkedHashMap<>();
  private final RunningJvm running;

  private SdkApplication(String sdk, List<Way> ways, boolean byMethod) {
    StringBuilder apis = new StringBuilder(DEFAULTS);
    StringBuilder binds = new StringBuilder("bind:\n");
    for (Way way : ways) {
      StubProvider provider =
          Keys.limited(KEY_SERVES + "/1m").key(OF_THE_HOST.name(), OF_THE_HOST.secret()).start();
      providers.put(way.name(), provider);
      if (byMethod && way.staysOnThread()) {
        // the first one that has the host, so that only its method leads to the other one
        apis.append(api(way.name() + "-host", provider, List.of(OF_THE_HOST)));
      }
      apis.append(api(way.name(), provider, KEYS));
      binds.append(
          "  - {method: \"%s\", rotate: %s, retry: {idempotent: true}}\n"
              .formatted(way.method(), way.name()));
    }
    binds.append("  - {method: \"%s\", rotate: %s}\n".formatted(NOWHERE, ways.get(0).name()));
    ChildJvm child =
        ChildJvm.running(SdkProgram.class)
            .classPath(StackJars.of(sdk).toArray(Path[]::new))
            .arguments(sdk)
            .keys(Keys.all())
            .keys(OF_THE_HOST)
            .property("rotor.unmatched-after", "30s")
            .config(byMethod ? apis.toString() + binds : apis.toString());
    running = child.start();
    running.awaitOut("ready=yes");
  }

  /**
   * Starts it.
   *
   * @param byMethod whether the methods of the ways are bound, and the hosts to another API where
   *     Rotor can tell the two apart
   */
  static SdkApplication start(String sdk, List<Way> ways, boolean byMethod) {
    return new SdkApplication(sdk, ways, byMethod);
  }

  private static String api(String name, StubProvider provider, List<TestKey> keys) {
    StringBuilder api = new StringBuilder();
    api.append("  ").append(name).append(":\n    profile: openai\n    hosts: [\"127.0.0.1:");
    api.append(provider.port()).append("\"]\n    keys:\n");
    keys.forEach(
        key ->
            api.append("      - {name: ")
                .append(key.name())
                .append(", secret: \"${")
                .append(key.variable())
                .append("}\"}\n"));
    return api.toString();
  }

  StubProvider provider(Way way) {
    return providers.get(way.name());
  }

  /** Has it do something the given way, and waits for what comes of it. */
  Words ask(Way way, Words words) {
    String line =
        running.ask(
            new Words()
                .with("way", way.name())
                .with("url", provider(way).url())
                .with("expected", way.expected())
                .with(words)
                .toString());
    assertThat(Keys.areIn(line) || line.contains(OF_THE_HOST.secret()))
        .as("the application sees a key")
        .isFalse();
    return Words.parse(line);
  }

  /** Waits until Rotor has told of the patterns that match no method: only of that which cannot. */
  void awaitUnmatched() {
    String witness = running.awaitErr("matches no method");
    assertThat(witness).contains("`" + NOWHERE + "`");
    assertThat(running.end().err().lines().filter(it -> it.contains("matches no method")))
        .containsExactly(witness);
  }

  /** Ends it, and finds neither a secret nor a fault in what it printed. */
  void end() {
    Outcome outcome = running.end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).doesNotContain("a fault inside Rotor").doesNotContain("\tat ");
  }

  @Override
  public void close() {
    running.close();
    providers.values().forEach(StubProvider::close);
  }
}
