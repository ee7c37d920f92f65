package dev.rotor.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import com.example.it.sdk.SdkProgram;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.harness.TestKey;
import dev.rotor.samples.stub.StubProvider;
import dev.rotor.samples.stub.StubProviderBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An application with an SDK in a child JVM; each way to ask has an API and a provider. */
final class SdkApplication implements AutoCloseable {

  /** What one key may do alone. */
  static final int KEY_SERVES = 40;

  static final List<TestKey> KEYS =
      Stream.of("alpha", "beta", "gamma", "delta").map(TestKey::of).toList();

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
      StubProvider provider = provider();
      providers.put(way.name(), provider);
      apis.append(api(way.name(), provider));
      binds.append(
          "  - {method: \"%s\", rotate: %s, retry: {idempotent: true}}\n"
              .formatted(way.method(), way.name()));
    }
    ChildJvm child =
        ChildJvm.running(SdkProgram.class)
            .classPath(classPath(sdk))
            .arguments(sdk)
            .keys(KEYS.toArray(TestKey[]::new))
            .config(byMethod ? apis.toString() + binds : apis.toString());
    running = child.start();
    running.awaitOut("ready=yes");
  }

  /**
   * Starts it.
   *
   * @param byMethod whether the methods of the ways are bound, too, and not only the hosts
   */
  static SdkApplication start(String sdk, List<Way> ways, boolean byMethod) {
    return new SdkApplication(sdk, ways, byMethod);
  }

  private static StubProvider provider() {
    StubProviderBuilder provider = StubProvider.builder();
    KEYS.forEach(key -> provider.key(key.name(), key.secret(), KEY_SERVES + "/1m"));
    return provider.start();
  }

  private static String api(String name, StubProvider provider) {
    StringBuilder api = new StringBuilder();
    api.append("  ").append(name).append(":\n    profile: openai\n    hosts: [\"127.0.0.1:");
    api.append(provider.port()).append("\"]\n    keys:\n");
    KEYS.forEach(
        key ->
            api.append("      - {name: ")
                .append(key.name())
                .append(", secret: \"${")
                .append(key.variable())
                .append("}\"}\n"));
    return api.toString();
  }

  private static Path[] classPath(String sdk) {
    Path stacks = Path.of(System.getProperty("rotor.it.stacks.folder", "stacks"));
    Path library =
        stacks.resolve(sdk).resolve("target").resolve("lib").toAbsolutePath().normalize();
    try (Stream<Path> jars = Files.list(library)) {
      return jars.sorted().toArray(Path[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    KEYS.forEach(
        key -> assertThat(line.contains(key.secret())).as("the application sees a key").isFalse());
    return Words.parse(line);
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
