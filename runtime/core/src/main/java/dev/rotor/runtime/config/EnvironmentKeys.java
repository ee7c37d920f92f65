package dev.rotor.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code keys: {environment: openai}}: the keys that an installation keeps in variables,
 * {@code PROVIDER_OPENAI_API_KEY} and, with commas between them, {@code
 * PROVIDER_OPENAI_BACKUP_KEYS}; from the environment, and where it has none from a file of lines
 * {@code NAME=VALUE}.
 */
final class EnvironmentKeys {
  private EnvironmentKeys() {}

  /** The keys, each with its name; empty after a mistake. */
  static Map<String, Secret> read(Section section, Reading reading) {
    String provider = section.text("environment");
    String file = section.text("file");
    section.done();
    if (provider == null) {
      if (!section.has("environment")) {
        section.mistake(
            "must be a list, or say `environment`: the name in PROVIDER_<NAME>_API_KEY");
      }
      return Map.of();
    }
    String prefix = "PROVIDER_" + provider.toUpperCase(Locale.ROOT).replace('-', '_');
    Variables variables = new Variables(section, reading, file);
    Map<String, Secret> keys = new LinkedHashMap<>();
    String first = variables.value(prefix + "_API_KEY");
    if (first != null) {
      keys.put("primary", Secret.of(first));
    }
    String backups = variables.value(prefix + "_BACKUP_KEYS");
    if (backups != null) {
      for (String backup : backups.split(",", -1)) {
        if (!backup.isBlank()) {
          int number = keys.size() + (first == null ? 1 : 0);
          keys.put("backup-" + number, Secret.of(backup.strip()));
        }
      }
    }
    if (keys.isEmpty()) {
      section.mistakeAt(
          "environment",
          "needs the variable `"
              + prefix
              + "_API_KEY`, which is not set"
              + (file == null ? "" : " and not in `" + file + "`"));
    }
    return keys;
  }

  private static final class Variables {
    private final Reading reading;
    private final Section section;
    private final List<String> lines = new ArrayList<>();

    Variables(Section section, Reading reading, @Nullable String file) {
      this.section = section;
      this.reading = reading;
      if (file != null) {
        Interpolation.Result read =
            reading
                .interpolation()
                .resolve("${file:" + file + "}", section.place().source().directory());
        if (!read.missing().isEmpty() || read.problem() != null) {
          section.mistakeAt("file", "cannot be read: `" + file + "`");
        }
        lines.addAll(List.of(read.text().split("\r?\n", -1)));
      }
    }

    /** Null where neither has it. */
    @Nullable String value(String name) {
      String text =
          reading
              .interpolation()
              .resolve("${" + name + ":}", section.place().source().directory())
              .text();
      if (text.isBlank()) {
        text = ofFile(name);
      }
      if (text.isBlank()) {
        return null;
      }
      if (!HttpText.isOneLine(text.strip())) {
        section.mistakeAt("environment", "the variable `" + name + "` holds a control character");
        return null;
      }
      return text.strip();
    }

    /** {@code NAME=VALUE}, {@code export NAME="VALUE"}; the last line counts, as in a shell. */
    private String ofFile(String name) {
      String found = "";
      for (String line : lines) {
        String bare = line.strip();
        if (bare.startsWith("export ")) {
          bare = bare.substring("export ".length()).strip();
        }
        int equals = bare.indexOf('=');
        if (equals > 0 && bare.substring(0, equals).strip().equals(name)) {
          found = unquoted(bare.substring(equals + 1).strip());
        }
      }
      return found;
    }

    /** Without its quotes, and without a comment behind it. */
    private static String unquoted(String value) {
      boolean quoted = value.startsWith("\"") || value.startsWith("'");
      int close = quoted ? value.indexOf(value.charAt(0), 1) : -1;
      if (close > 0) {
        return value.substring(1, close);
      }
      int comment = value.indexOf(" #");
      return comment < 0 ? value : value.substring(0, comment).strip();
    }
  }
}
