package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Fields;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads a configuration file with all that it includes. Each load reads the files anew, so one
 * loader serves the start and every reload. To be used by one thread at a time.
 */
public final class ConfigLoader {
  private final Map<String, String> environment;
  private FilesRead files = new FilesRead();

  /** A loader that resolves {@code ${NAME}} in these variables. */
  public ConfigLoader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads and validates a file with all that it includes. Blocks on file reads.
   *
   * @throws ConfigException when it cannot be used; it tells all mistakes at once, and no secret
   */
  public Settings load(Path file) throws ConfigException {
    files = new FilesRead();
    Mistakes mistakes = new Mistakes();
    Reading reading = new Reading(mistakes, new Interpolation(environment, files));
    Fields root = new ConfigFiles(reading, files).read(file);
    if (root == null) {
      mistakes.throwIfAny();
      throw new IllegalStateException("no settings and no mistake in " + file);
    }
    Settings settings = new SettingsReader(reading).read(file, root);
    mistakes.throwIfAny();
    return settings;
  }

  /**
   * A watcher of the files that the last load read or looked for: the file itself, its includes and
   * the files of secrets, whether the load succeeded or not. It knows the content that the load
   * saw, so a change made since then is not lost.
   */
  public ConfigWatcher watcher() {
    return new ConfigWatcher(files.files());
  }
}
