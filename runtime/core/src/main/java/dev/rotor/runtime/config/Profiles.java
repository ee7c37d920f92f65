package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The profiles that come with Rotor, each read from its data file when it is first named. */
final class Profiles {
  /** A jar cannot be listed, so the names stand here; a test holds them to the files. */
  static final List<String> NAMES =
      List.of("anthropic", "generic-bearer", "generic-header", "generic-query", "openai");

  private final Mistakes mistakes;
  private final Map<String, Fields> loaded = new HashMap<>();

  Profiles(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** What a profile's file says, or null when no profile has this name. */
  @Nullable Fields named(String name) {
    Fields known = loaded.get(name);
    if (known != null || !NAMES.contains(name)) {
      return known;
    }
    Source source = new Source("profile " + name, null);
    Fields fields = YamlDocument.parse(source, content(name), mistakes);
    if (fields != null) {
      loaded.put(name, fields);
    }
    return fields;
  }

  private static String content(String name) {
    try (InputStream in = Profiles.class.getResourceAsStream("profiles/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the profile " + name + " is missing from Rotor's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
