package dev.rotor.runtime.testing;

import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Settings from a text. */
public final class Yaml {

  private Yaml() {}

  public static Settings settings(String text) {
    try {
      Path directory = Files.createTempDirectory("rotor");
      Path file = directory.resolve("rotor.yaml");
      try {
        Files.writeString(file, text);
        return new ConfigLoader(Map.of()).load(file);
      } catch (ConfigException wrong) {
        throw new IllegalArgumentException(wrong);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An API `a` of an unknown provider, with so many keys named `k1`, `k2`, ... */
  public static String api(int keys, String... more) {
    StringBuilder text = new StringBuilder("apis:\n  a:\n    profile: generic-bearer\n");
    text.append("    hosts: [api.example.com]\n    retry: {max: 2}\n    keys:\n");
    for (int i = 1; i <= keys; i++) {
      text.append("      - {name: k").append(i).append(", secret: secret-of-k").append(i);
      text.append("}\n");
    }
    String all = text.toString();
    for (String line : more) {
      all =
          line.startsWith("retry:")
              ? all.replace("    retry: {max: 2}\n", "    " + line + "\n")
              : all + "    " + line + "\n";
    }
    return all;
  }
}
