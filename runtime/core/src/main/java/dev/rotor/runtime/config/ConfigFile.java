package dev.rotor.runtime.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the configuration file is, and how that was said. */
public record ConfigFile(Path path, String saidBy) {

  private static final String DEFAULT = "rotor.yaml";

  /**
   * The first of: the agent's argument, {@code -Drotor.config}, {@code ROTOR_CONFIG}, {@code
   * rotor.yaml} in the working directory.
   *
   * @param argument the agent's own; null: there is none
   * @return null: none is named, and there is none
   */
  public static @Nullable ConfigFile find(
      @Nullable String argument, Map<String, String> environment) {
    if (argument != null && !argument.isBlank()) {
      return new ConfigFile(Path.of(argument.strip()), "-javaagent");
    }
    String property = System.getProperty("rotor.config");
    if (property != null && !property.isBlank()) {
      return new ConfigFile(Path.of(property.strip()), "-Drotor.config");
    }
    String variable = environment.get("ROTOR_CONFIG");
    if (variable != null && !variable.isBlank()) {
      return new ConfigFile(Path.of(variable.strip()), "ROTOR_CONFIG");
    }
    Path here = Path.of(DEFAULT);
    return Files.exists(here) ? new ConfigFile(here, "the working directory") : null;
  }
}
