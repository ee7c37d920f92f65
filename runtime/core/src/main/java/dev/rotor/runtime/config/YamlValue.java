package dev.rotor.runtime.config;

import java.util.List;
import java.util.Map;

/**
 * What a YAML file says, before it means anything: aliases and merge keys resolved, variables not.
 * Each value knows the line it stands in, so values of several files can be merged and still be
 * told apart in messages.
 */
sealed interface YamlValue {
  Place place();

  /** What this is, with its article, for messages. */
  String kind();

  /** A scalar, by its text: {@code on} is {@code on}. */
  record Text(Place place, String text, boolean plain) implements YamlValue {
    /** Whether nothing stands there at all. */
    boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String kind() {
      return isNothing() ? "nothing" : "a single value";
    }
  }

  /** A sequence. */
  record Items(Place place, List<YamlValue> values) implements YamlValue {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping, in the order of the file. */
  record Fields(Place place, Map<String, Field> byName) implements YamlValue {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** One entry of a mapping; its place is that of the name. */
  record Field(Place place, YamlValue value) {}
}
