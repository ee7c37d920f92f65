package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.TestKey;
import dev.rotor.samples.stub.StubProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The samples run under the agent with the files that lie beside them. */
class SamplesIT {

  private static final TestKey FIRST = new TestKey("1", TestKey.of("first").secret());
  private static final TestKey SECOND = new TestKey("2", TestKey.of("second").secret());

  @Test
  void theLegacyApplicationHasNoFailedCall() {
    try (StubProvider provider = provider()) {
      Outcome outcome = run("legacy-app", provider);
      assertSucceeded(outcome, provider);
    }
  }

  @Test
  void theAnnotatedApplicationHasNoFailedCall() {
    try (StubProvider provider = provider()) {
      Outcome outcome = run("annotated-app", provider);
      assertSucceeded(outcome, provider);
    }
  }

  /** Each alone is too little for what either application asks for at once. */
  private static StubProvider provider() {
    return StubProvider.builder()
        .key("first", FIRST.secret(), "20/500ms")
        .key("second", SECOND.secret(), "20/500ms")
        .start();
  }

  private static Outcome run(String sample, StubProvider provider) {
    Path home = Path.of(System.getProperty("rotor.it.samples", "../../samples"), sample);
    Path jar = home.resolve("target").resolve(sample + ".jar").toAbsolutePath().normalize();
    return ChildJvm.plain("-jar", jar.toString(), provider.url(), "100")
        .onlyClassPath()
        .agentArgument(home.resolve("rotor.yaml").toAbsolutePath().normalize().toString())
        .environment("STUB_URL", provider.url())
        .keys(FIRST, SECOND)
        .run();
  }

  private static void assertSucceeded(Outcome outcome, StubProvider provider) {
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.outLines().get(outcome.outLines().size() - 1))
        .as("%s", outcome)
        .startsWith("summary calls=100 ok=100 failed=0 rate_limited=0 ");
    assertThat(provider.counts("first").ok()).isPositive();
    assertThat(provider.counts("second").ok()).isPositive();
  }
}
