package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.Once;
import com.example.it.Prompt;
import com.sun.tools.attach.VirtualMachine;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The ways in: a renamed jar, a running JVM, and a second time. */
class AttachIT {

  private static ChildJvm child(Class<?> main) {
    return ChildJvm.running(main).config(PetConfig.YAML).keys(PetConfig.keys());
  }

  private static Path renamed(ChildJvm child) throws IOException {
    return Files.copy(ChildJvm.agentJar(), child.directory().resolve("my agent 1.0.jar"));
  }

  private static void attach(RunningJvm running, Path jar, String argument) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(running.pid()));
    try {
      machine.loadAgent(jar.toString(), argument);
    } finally {
      machine.detach();
    }
  }

  @Test
  void aRenamedJarWorks() throws Exception {
    ChildJvm child = child(Once.class);
    Outcome outcome = child.agent(renamed(child)).run();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).isEqualTo("works\n");
    assertThat(outcome.err()).contains("[rotor] INFO started").doesNotContain("a fault");
  }

  @Test
  void attachingToARunningJvmWeavesWhatIsLoaded() throws Exception {
    ChildJvm child = child(Prompt.class).withoutAgent();
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      assertThat(running.ask("annotated, refused once")).isEqualTo("[own] ProviderException");
      assertThat(running.ask("legacy, refused once")).isEqualTo("[EUR] ProviderException");
      attach(running, ChildJvm.agentJar(), child.directory().resolve("rotor.yaml").toString());
      assertThat(running.ask("annotated, refused once")).isEqualTo("[alpha, beta] fetched");
      assertThat(running.ask("legacy, refused once")).isEqualTo("[EUR, EUR] EUR fetched");
    }
  }

  @Test
  void attachingARenamedJarWorks() throws Exception {
    ChildJvm child = child(Prompt.class).withoutAgent();
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      attach(running, renamed(child), child.directory().resolve("rotor.yaml").toString());
      assertThat(running.ask("annotated, refused once")).isEqualTo("[alpha, beta] fetched");
    }
  }

  @Test
  void aWrongFileRefusesTheAttachAndTheApplicationGoesOn() throws Exception {
    ChildJvm child = child(Prompt.class).withoutAgent();
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      attach(running, ChildJvm.agentJar(), "missing.yaml");
      assertThat(running.awaitErr("[rotor]")).contains("missing.yaml");
      assertThat(running.ask("annotated")).isEqualTo("[own] fetched");
      attach(running, ChildJvm.agentJar(), child.directory().resolve("rotor.yaml").toString());
      assertThat(running.ask("annotated")).isEqualTo("[alpha] fetched");
    }
  }

  @Test
  void aSecondAttachIsToldAndChangesNothing() throws Exception {
    ChildJvm child = child(Prompt.class);
    String other = child.write("other.yaml", "mode: off\n").toString();
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      attach(running, ChildJvm.agentJar(), other);
      running.awaitErr("is attached to this JVM already");
      assertThat(running.ask("annotated, refused once")).isEqualTo("[alpha, beta] fetched");
      assertThat(running.end().rotorLines())
          .filteredOn(line -> line.contains("already"))
          .hasSize(1);
    }
  }

  @Test
  void theAgentTwiceOnTheCommandLineIsToldAndStartsOnce() {
    Outcome outcome =
        child(Once.class).option("-javaagent:" + ChildJvm.agentJar() + "=other.yaml").run();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).isEqualTo("works\n");
    assertThat(outcome.rotorLines()).filteredOn(line -> line.contains("already")).hasSize(1);
  }
}
