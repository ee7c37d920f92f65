package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.Hello;
import com.example.it.Prompt;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Java;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.harness.TestKey;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What is said at the start and soon after, and that Rotor keeps no JVM alive. */
class StartIT {

  private static final String PETS =
      """
      apis:
        pets:
          profile: generic-bearer
          hosts: [pets.example]
          keys: [{name: alpha, secret: "${KEY_ALPHA}"}, {name: beta, secret: "${KEY_BETA}"}]
      """;

  private static ChildJvm child(Class<?> main, String yaml) {
    return ChildJvm.running(main).config(yaml).keys(TestKey.of("alpha"), TestKey.of("beta"));
  }

  @Test
  void oneLineTellsFileModeApisAndBindings() {
    ChildJvm child =
        child(
            Hello.class,
            PETS + "bind: [{method: 'com.example.it.legacy.RateClient#fetch', rotate: pets}]\n");
    Outcome outcome = child.run();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("main ran\n");
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("[rotor] INFO started: " + child.directory().resolve("rotor.yaml"))
        .contains("mode on")
        .contains("APIs: pets (2 keys)")
        .contains("bindings: 1 of methods, 0 of hosts");
  }

  @Test
  void theFileIsFoundInTheWorkingDirectory() {
    ChildJvm child = child(Hello.class, PETS).agentArgument("");
    assertThat(child.run().err()).contains("started: " + child.directory().resolve("rotor.yaml"));
  }

  @Test
  void theFileIsFoundByItsVariable() {
    ChildJvm child = child(Hello.class, "nonsense").agentArgument("");
    child.environment("ROTOR_CONFIG", child.write("other.yaml", PETS).toString());
    assertThat(child.run().err()).contains("started: " + child.directory().resolve("other.yaml"));
  }

  @Test
  void theLogCanBeSwitchedOff() {
    assertThat(child(Hello.class, PETS).property("rotor.log", "off").run().err()).isEmpty();
  }

  @Test
  void onJava25ThereIsNoWarning() {
    Optional<Java> java25 = Java.java25();
    Assumptions.assumeTrue(java25.isPresent(), "there is no Java 25 beside the current one");
    try (RunningJvm running = child(Prompt.class, PETS).java(java25.orElseThrow()).start()) {
      running.awaitOut("ready");
      assertThat(running.ask("annotated, refused once"))
          .matches("\\[(alpha, beta|beta, alpha)] fetched");
      assertThat(running.end().err().lines())
          .allMatch(
              line -> line.startsWith("[rotor] INFO") || line.contains("@RotatedApi(\"cats\")"));
    }
  }

  @Test
  void anAnnotationThatNamesAnUnknownApiIsToldAndItsCallsPassUntouched() {
    try (RunningJvm running = child(Prompt.class, PETS).start()) {
      running.awaitOut("ready");
      assertThat(running.ask("unknown API")).isEqualTo("[own] fetched");
      assertThat(running.errLines())
          .filteredOn(line -> line.startsWith("[rotor] ERROR"))
          .singleElement()
          .asString()
          .contains("com.example.it.Prompt#unknownApi(Attempts, String)")
          .contains("@RotatedApi(\"cats\")")
          .contains("known are [pets]");
    }
  }

  @Test
  void aPatternThatMatchesNothingIsToldOnceTheApplicationIsUp() {
    String bind =
        """
        bind:
          - {method: "com.example.it.Prompt#main", rotate: pets}
          - {method: "com.example.it.Prompt#nain", rotate: pets}
        """;
    try (RunningJvm running =
        child(Prompt.class, PETS + bind).property("rotor.unmatched-after", "3s").start()) {
      String told = running.awaitErr("matches no method");
      assertThat(told)
          .startsWith("[rotor] WARN rotor.yaml:8:")
          .contains("`com.example.it.Prompt#nain`");
      assertThat(running.end().err()).doesNotContain("Prompt#main`");
    }
  }

  @Test
  void theFirstCallOfAnApiIsTold() {
    try (RunningJvm running = child(Prompt.class, PETS).start()) {
      running.awaitOut("ready");
      assertThat(running.ask("annotated")).isNotNull();
      running.awaitErr("API pets: the first call went through");
    }
  }

  @Test
  void theCommandLineChecksAFile() {
    ChildJvm fine = check().keys(TestKey.of("alpha"), TestKey.of("beta"));
    fine.arguments(fine.write("some.yaml", PETS).toString());
    Outcome outcome = fine.run();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).startsWith("fine: ").contains("pets (2 keys)");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void theCommandLineTellsTheMistakesOfAFile() {
    ChildJvm wrong = check();
    Outcome outcome = wrong.arguments(wrong.write("some.yaml", PETS + "x: 1\n").toString()).run();
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("`x` (some.yaml:6)")
        .contains("KEY_ALPHA")
        .doesNotContain("\tat ");
  }

  @Test
  void theCommandLineTellsItsUsage() {
    Outcome outcome = ChildJvm.plain("-jar", ChildJvm.agentJar().toString()).withoutAgent().run();
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("check FILE");
  }

  private static ChildJvm check() {
    return ChildJvm.plain("-jar", ChildJvm.agentJar().toString(), "check").withoutAgent();
  }
}
