package dev.rotor.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A directory with configuration files, and an environment, to load them from. */
final class ConfigFixture {
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  ConfigFixture(Path directory) {
    this.directory = directory;
  }

  ConfigFixture set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(directory.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ConfigLoader loader() {
    return new ConfigLoader(environment);
  }

  Settings load(String yaml) {
    return load(write("rotor.yaml", yaml));
  }

  Settings load(Path file) {
    try {
      return loader().load(file);
    } catch (ConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  static ApiSettings api(Settings settings, String name) {
    return Objects.requireNonNull(settings.apis().get(name), name);
  }

  /** The one API of a file. */
  ApiSettings api(String yaml) {
    return load(yaml).apis().values().iterator().next();
  }

  /** What is wrong with a file, which must be something. */
  List<String> mistakes(String yaml) {
    return mistakes(write("rotor.yaml", yaml));
  }

  List<String> mistakes(Path file) {
    try {
      Settings settings = loader().load(file);
      throw new AssertionError("no mistake was found, but " + settings);
    } catch (ConfigException e) {
      return e.mistakes();
    }
  }
}
