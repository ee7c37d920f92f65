package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import dev.rotor.runtime.config.YamlValue.Items;
import dev.rotor.runtime.config.YamlValue.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays one file's settings over another's. Mappings merge setting by setting and API by API; keys
 * merge by name, and a mapping of one key setting by setting; the bindings of both hold, the upper
 * file's first; of any other value the upper one stands.
 */
final class Merge {
  private static final String KEYS = "keys";
  private static final String BIND = "bind";
  private static final String NAME = "name";

  private Merge() {}

  static Fields over(Fields lower, Fields upper) {
    Map<String, Field> merged = new LinkedHashMap<>(upper.byName());
    for (Map.Entry<String, Field> entry : lower.byName().entrySet()) {
      Field mine = merged.get(entry.getKey());
      if (mine == null) {
        merged.put(entry.getKey(), entry.getValue());
      } else {
        YamlValue value = value(entry.getKey(), entry.getValue().value(), mine.value());
        merged.put(entry.getKey(), new Field(mine.place(), value));
      }
    }
    return new Fields(upper.place(), merged);
  }

  private static YamlValue value(String name, YamlValue lower, YamlValue upper) {
    if (lower instanceof Fields below && upper instanceof Fields above) {
      return over(below, above);
    }
    if (lower instanceof Items below && upper instanceof Items above) {
      if (name.equals(KEYS)) {
        return keys(below, above);
      }
      if (name.equals(BIND)) {
        List<YamlValue> both = new ArrayList<>(above.values());
        both.addAll(below.values());
        return new Items(above.place(), both);
      }
    }
    return upper;
  }

  private static Items keys(Items lower, Items upper) {
    List<YamlValue> merged = new ArrayList<>(named(upper));
    int mine = merged.size();
    for (YamlValue key : named(lower)) {
      int same = indexOf(name(key), merged.subList(0, mine));
      if (same < 0) {
        merged.add(key);
      } else if (key instanceof Fields below && merged.get(same) instanceof Fields above) {
        merged.set(same, over(below, above));
      }
    }
    return new Items(upper.place(), merged);
  }

  private static int indexOf(String name, List<YamlValue> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (!name.isEmpty() && name(keys.get(i)).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Keys under their own names, since the default ones come from positions that merging moves. */
  private static List<YamlValue> named(Items keys) {
    List<YamlValue> named = new ArrayList<>();
    for (YamlValue key : keys.values()) {
      Place place = key.place();
      Field name = new Field(place, new Text(place, KeyReader.defaultName(named.size()), true));
      if (key instanceof Text) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put(NAME, name);
        fields.put("secret", new Field(place, key));
        named.add(new Fields(place, fields));
      } else if (key instanceof Fields fields && !fields.byName().containsKey(NAME)) {
        Map<String, Field> withName = new LinkedHashMap<>(fields.byName());
        withName.put(NAME, name);
        named.add(new Fields(place, withName));
      } else {
        named.add(key);
      }
    }
    return named;
  }

  private static String name(YamlValue key) {
    Field name = key instanceof Fields fields ? fields.byName().get(NAME) : null;
    return name != null && name.value() instanceof Text text ? text.text() : "";
  }
}
