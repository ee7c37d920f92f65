package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.config.ProfileSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The profiles that come with Rotor, read as an application's file would have them read. */
final class ShippedProfiles {
  private static final Map<String, ProfileSettings> READ = new ConcurrentHashMap<>();

  private ShippedProfiles() {}

  static Profile named(String name) {
    return Profile.of(settings(name), Providers.CLOCK);
  }

  static ProfileSettings settings(String name) {
    return READ.computeIfAbsent(name, ShippedProfiles::read);
  }

  private static ProfileSettings read(String name) {
    try {
      Path file = Files.createTempFile("rotor", ".yaml");
      try {
        String yaml = "apis: {a: {profile: " + name + ", hosts: a.example, keys: k}}";
        Files.writeString(file, yaml);
        return Objects.requireNonNull(new ConfigLoader(Map.of()).load(file).apis().get("a"))
            .profile();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
