package dev.rotor.it.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.harness.ChildJvm;
import java.nio.file.Path;

/** Which agent stands first on the command line. */
enum Order {
  ROTOR_FIRST,
  OPENTELEMETRY_FIRST;

  /** Attaches both agents. */
  ChildJvm attach(ChildJvm child, String yaml) {
    String openTelemetry = "-javaagent:" + openTelemetryJar();
    return this == ROTOR_FIRST
        ? child.config(yaml).option(openTelemetry)
        : child
            .withoutAgent()
            .option(openTelemetry)
            .option("-javaagent:" + ChildJvm.agentJar() + "=" + child.write("rotor.yaml", yaml));
  }

  private static Path openTelemetryJar() {
    Path jar =
        Path.of(
            System.getProperty(
                "rotor.it.opentelemetry", "target/agents/opentelemetry-javaagent.jar"));
    assertThat(jar).as("the OpenTelemetry agent, copied by the build").exists();
    return jar.toAbsolutePath().normalize();
  }
}
