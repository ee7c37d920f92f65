package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.EveryPolicy;
import com.example.it.Loaders;
import com.example.it.OwnLibraries;
import com.example.it.ScenarioRunner;
import com.example.it.VisibleClasses;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.Scenarios;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Rotor and the application do not see each other's classes, and nothing is kept from collection.
 */
class IsolationIT {

  private static final int JAVA_8 = 52;

  @TestFactory
  Stream<DynamicNode> sitesLiveAndDieWithTheirLoaders() {
    return Scenarios.run(PetConfig.child(), Loaders.class);
  }

  @TestFactory
  Stream<DynamicNode> anApplicationGetsTheVersionsThatItBrings() throws IOException {
    ChildJvm child = ChildJvm.running(ScenarioRunner.class).config(PetConfig.YAML);
    try (Stream<Path> jars = Files.list(ChildJvm.applicationLibraries())) {
      child.classPath(jars.sorted().toArray(Path[]::new));
    }
    return Scenarios.run(
        child.keys(PetConfig.keys()),
        outcome ->
            assertThat(outcome.err())
                .contains("told by the application")
                .doesNotContain("a fault inside Rotor")
                .doesNotContain("SLF4J"),
        OwnLibraries.class);
  }

  @Test
  void noLoaderOfTheApplicationSeesMoreThanTheBridgeAndTheAnnotations() {
    Outcome outcome =
        ChildJvm.running(VisibleClasses.class)
            .onlyClassPath(ChildJvm.location(EveryPolicy.class))
            .config(PetConfig.YAML)
            .keys(PetConfig.keys())
            .arguments(ChildJvm.agentJar().toString())
            .run();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    List<String> lines = outcome.outLines();
    assertThat(lines)
        .contains("boot dev.rotor.agent.bootstrap.Bridge", "boot dev.rotor.annotations.Cached");
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(
            line ->
                line.matches("(boot|system) dev\\.rotor\\.(agent\\.bootstrap|annotations)\\..*"));
    // that is: the names were names of classes indeed
    assertThat(lines.get(lines.size() - 1)).matches("asked for [0-9]{4,}");
  }

  @Test
  void theJarHasNothingElseOutsideItsPrefixAndRunsOnJava8() throws IOException {
    try (JarFile jar = new JarFile(ChildJvm.agentJar().toFile())) {
      List<JarEntry> outside =
          jar.stream()
              .filter(it -> !it.isDirectory() && !it.getName().startsWith("rotor/"))
              .toList();
      assertThat(outside)
          .extracting(JarEntry::getName)
          .allMatch(
              name ->
                  name.startsWith("META-INF/")
                      || name.startsWith("dev/rotor/agent/bootstrap/")
                      || name.startsWith("dev/rotor/annotations/"))
          .noneMatch(name -> name.startsWith("META-INF/services/"));
      for (JarEntry entry : outside) {
        if (entry.getName().endsWith(".class")) {
          DataInputStream file = new DataInputStream(jar.getInputStream(entry));
          assertThat(file.readInt()).isEqualTo(0xCAFEBABE);
          assertThat(file.readInt()).as(entry.getName()).isLessThanOrEqualTo(JAVA_8);
        }
      }
    }
  }
}
