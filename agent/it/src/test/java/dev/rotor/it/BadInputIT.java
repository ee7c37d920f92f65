package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.Hello;
import com.example.it.OldJava;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.TestKey;
import org.junit.jupiter.api.Test;

/** A configuration that cannot be used: a message that a stranger can act on, and a clean exit. */
class BadInputIT {

  private static final String FINE =
      "apis: {pets: {profile: generic-bearer, hosts: [pets.example], keys: ['${KEY_ALPHA}']}}\n";

  private static Outcome refused(ChildJvm child) {
    Outcome outcome = child.run();
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
    assertThat(outcome.out()).as("%s", outcome).doesNotContain("main ran");
    assertThat(outcome.err())
        .startsWith("[rotor] ")
        .doesNotContain("FATAL ERROR")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    return outcome;
  }

  private static Outcome refused(String yaml) {
    return refused(ChildJvm.running(Hello.class).keys(TestKey.of("alpha")).config(yaml));
  }

  @Test
  void noConfigurationAtAllTellsTheWaysToNameOne() {
    assertThat(refused(ChildJvm.running(Hello.class)).err())
        .contains("there is no configuration")
        .contains("-javaagent:rotor-agent.jar=FILE")
        .contains("-Drotor.config=FILE")
        .contains("ROTOR_CONFIG=FILE")
        .contains("rotor.yaml");
  }

  @Test
  void aFileThatIsNotThereIsNamedAndWhoNamedIt() {
    ChildJvm child = ChildJvm.running(Hello.class).property("rotor.config", "missing.yaml");
    assertThat(refused(child).err())
        .contains("missing.yaml")
        .contains("no such file")
        .contains("named by -Drotor.config");
  }

  @Test
  void whatIsNoYamlIsToldWithItsLine() {
    assertThat(refused(FINE + "bind: [\n").err()).contains("rotor.yaml:");
  }

  @Test
  void allMistakesAreToldAtOnceEachWithItsLine() {
    Outcome outcome =
        refused(
            """
            apis:
              pets:
                profile: generic-bearer
                hosts: [pets.example]
                stratgy: round-robin
                keys:
                  - {name: a, secret: "${KEY_ALPHA}"}
                  - {name: a, secret: "${KEY_ALPHA}"}
              dogs:
                profile: generic-bearer
                hosts: [dogs.example]
                keys: ["${NOT_SET_ANYWHERE}"]
            limits:
              search: {rate: -5/1s}
            """);
    assertThat(outcome.err())
        .contains("4 mistakes")
        .contains("`apis.pets.stratgy` (rotor.yaml:5)")
        .contains("did you mean `strategy`?")
        .contains("(rotor.yaml:8)")
        .contains("NOT_SET_ANYWHERE")
        .contains("(rotor.yaml:12)")
        .contains("`limits.search.rate` (rotor.yaml:14)")
        .contains("-5/1s");
  }

  @Test
  void aPatternThatIsNoneIsAMistake() {
    assertThat(refused(FINE + "bind: [{method: 'com.example Client', rotate: pets}]\n").err())
        .contains("`bind[0].method` (rotor.yaml:2)");
  }

  @Test
  void failOpenByPropertyLetsTheApplicationRunUntouched() {
    Outcome outcome =
        ChildJvm.running(Hello.class)
            .config("apis: {pets: {}}")
            .property("rotor.fail-open", "true")
            .run();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("main ran\n");
    assertThat(outcome.err()).contains("rotor.yaml:1").contains("runs without Rotor");
  }

  @Test
  void failOpenByVariableLetsTheApplicationRunUntouched() {
    Outcome outcome = ChildJvm.running(Hello.class).environment("ROTOR_FAIL_OPEN", "true").run();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("main ran\n");
    assertThat(outcome.err()).contains("runs without Rotor");
  }

  @Test
  void anOlderJavaGetsOneLineAndTheApplicationStarts() {
    Outcome outcome =
        ChildJvm.running(OldJava.class).withoutAgent().classPath(ChildJvm.agentJar()).run();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("main ran\n");
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("needs Java 17 or newer")
        .contains("runs without Rotor");
  }
}
