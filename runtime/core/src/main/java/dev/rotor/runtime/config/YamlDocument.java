package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import dev.rotor.runtime.config.YamlValue.Items;
import dev.rotor.runtime.config.YamlValue.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Parses one YAML document into {@link YamlValue}s. The YAML library only composes nodes: scalars
 * are kept by their text, so its types (and the patterns that guess them) are never loaded.
 */
final class YamlDocument {
  private static final String MERGE = "<<";
  private static final int MOST_CHARACTERS = 1_000_000;
  private static final int MOST_ALIASES = 10_000;
  private static final String UNDEFINED_ALIAS = "found undefined alias";

  private final Source source;
  private final Mistakes mistakes;

  /** What an anchored node became; null while it is under way. Nodes equal only themselves. */
  private final Map<Node, @Nullable YamlValue> converted = new HashMap<>();

  private YamlDocument(Source source, Mistakes mistakes) {
    this.source = source;
    this.mistakes = mistakes;
  }

  /** The document's root, or null after mistakes that leave none. */
  static @Nullable Fields parse(Source source, String content, Mistakes mistakes) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .build();
    String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
    if (text.length() > MOST_CHARACTERS) {
      mistakes.add(
          source, "the file is too large to be a configuration: " + text.length() + " characters");
      return null;
    }
    Node root;
    try {
      root = new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      mistakes.add(source, problem(e));
      return null;
    } catch (ReaderException e) {
      mistakes.add(source, "no YAML: it holds a character that YAML does not allow");
      return null;
    } catch (YamlEngineException e) {
      mistakes.add(source, "no usable YAML: it has too many aliases");
      return null;
    }
    if (root == null) {
      mistakes.add(source, "the file is empty");
      return null;
    }
    YamlValue value = new YamlDocument(source, mistakes).convert(root, "");
    if (value instanceof Fields fields) {
      return fields;
    }
    if (value instanceof Text nothing && nothing.isNothing()) {
      mistakes.add(source, "the file is empty");
      return null;
    }
    mistakes.add(
        "", value.place(), "settings by name (`apis:` …) must stand here, not " + value.kind());
    return null;
  }

  /** The library's own message quotes the lines around the problem, which may hold a secret. */
  private static String problem(MarkedYamlEngineException e) {
    String where =
        e.getProblemMark()
            .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
            .orElse("an unknown line");
    String context = e.getContext() == null ? "" : e.getContext() + ", ";
    String problem = String.valueOf(e.getProblem());
    if (problem.startsWith(UNDEFINED_ALIAS)) {
      // A secret that starts with a star is an alias to YAML.
      problem = UNDEFINED_ALIAS + "; a text that starts with `*` needs quotes";
    }
    return "no YAML at " + where + ": " + context + problem;
  }

  private YamlValue convert(Node node, String path) {
    if (converted.containsKey(node)) {
      YamlValue known = converted.get(node);
      if (known == null) {
        mistakes.add(path, place(node), "contains itself by an alias");
        return new Text(place(node), "", true);
      }
      return known;
    }
    converted.put(node, null);
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      mistakes.add(path, place(node), "`" + tag + "`: tags have no meaning here");
    }
    YamlValue value = convertByKind(node, path);
    converted.put(node, value);
    return value;
  }

  private YamlValue convertByKind(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      return fields(mapping, path);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlValue> values = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        values.add(convert(item, Section.item(path, values.size())));
      }
      return new Items(place(node), values);
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Text(place(node), scalar.getValue(), scalar.isPlain());
  }

  private Fields fields(MappingNode mapping, String path) {
    Map<String, Field> byName = new LinkedHashMap<>();
    Map<String, Field> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place place = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        mistakes.add(path, place, "the name of a setting must be a single value");
        continue;
      }
      String name = key.getValue();
      String fieldPath = Section.join(path, name);
      YamlValue value = convert(tuple.getValueNode(), fieldPath);
      if (name.equals(MERGE) && key.isPlain()) {
        merge(value, path, merged);
        continue;
      }
      Field earlier = byName.putIfAbsent(name, new Field(place, value));
      if (earlier != null) {
        mistakes.add(fieldPath, place, "is there already, in line " + earlier.place().line());
      }
    }
    merged.forEach(byName::putIfAbsent);
    return new Fields(place(mapping), byName);
  }

  private void merge(YamlValue value, String path, Map<String, Field> merged) {
    if (value instanceof Fields fields) {
      fields.byName().forEach(merged::putIfAbsent);
    } else if (value instanceof Items items && !items.values().isEmpty()) {
      for (YamlValue item : items.values()) {
        merge(item, path, merged);
      }
    } else {
      mistakes.add(
          Section.join(path, MERGE), value.place(), "must name a mapping, or a list of mappings");
    }
  }

  private Place place(Node node) {
    return new Place(source, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
  }
}
