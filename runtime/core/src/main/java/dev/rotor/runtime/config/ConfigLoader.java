package dev.rotor.runtime.config;

import java.nio.file.Path;
import java.util.Map;

/** Reads a configuration file. */
@SuppressWarnings("DoNotCallSuggester")
public final class ConfigLoader {
  private final Map<String, String> environment;

  public ConfigLoader(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Reads and validates a file with all that it includes. Blocks on file reads. */
  public Settings load(Path file) throws ConfigException {
    throw new UnsupportedOperationException(environment.toString());
  }
}
