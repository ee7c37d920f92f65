package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import dev.rotor.runtime.config.YamlValue.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The profiles that come with Rotor, each read from its data file when it is first named. */
final class Profiles {
  /** A jar cannot be listed, so the names stand here; a test holds them to the files. */
  static final List<String> NAMES =
      List.of(
          "anthropic",
          "azure-openai",
          "cohere",
          "context7",
          "deepl",
          "deepseek",
          "gemini",
          "generic-bearer",
          "generic-header",
          "generic-query",
          "github",
          "groq",
          "mistral",
          "openai",
          "openrouter",
          "qdrant",
          "voyage");

  static final String EXTENDS = "extends";

  private final Mistakes mistakes;
  private final Map<String, Fields> loaded = new HashMap<>();

  Profiles(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** What a profile says, with all that it extends; null when none has this name. */
  @Nullable Fields named(String name) {
    Fields known = loaded.get(name);
    if (known != null || !NAMES.contains(name)) {
      return known;
    }
    Source source = new Source("profile " + name, null);
    Fields fields = YamlDocument.parse(source, content(name), mistakes);
    Fields complete = fields == null ? null : extended(fields);
    if (complete != null) {
      loaded.put(name, complete);
    }
    return complete;
  }

  /** A shipped profile over the one that it extends; there is no cycle among these. */
  private Fields extended(Fields profile) {
    Field parent = profile.byName().get(EXTENDS);
    Fields named =
        parent != null && parent.value() instanceof Text text ? named(text.text()) : null;
    return named == null ? profile : over(named, profile);
  }

  /** A profile's changes over another profile; lists are replaced. */
  static Fields over(Fields lower, Fields upper) {
    Map<String, Field> base = new LinkedHashMap<>(lower.byName());
    base.remove(EXTENDS);
    without(base, upper, "key", "header", "query", "prefix");
    if (upper.byName().containsKey("lane")) {
      base.remove("lane");
    }
    return Merge.over(new Fields(lower.place(), base), upper);
  }

  /** Whoever says a place anew does not want parts of the old one. */
  private static void without(
      Map<String, Field> base,
      Fields upper,
      String name,
      String place,
      String other,
      String... more) {
    Field below = base.get(name);
    Field above = upper.byName().get(name);
    if (below == null
        || above == null
        || !(below.value() instanceof Fields old)
        || !(above.value() instanceof Fields changes)
        || !(changes.byName().containsKey(place) || changes.byName().containsKey(other))) {
      return;
    }
    Map<String, Field> kept = new LinkedHashMap<>(old.byName());
    kept.remove(place);
    kept.remove(other);
    for (String part : more) {
      kept.remove(part);
    }
    base.put(name, new Field(below.place(), new Fields(old.place(), kept)));
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
