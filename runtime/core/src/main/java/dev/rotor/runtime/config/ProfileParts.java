package dev.rotor.runtime.config;

import dev.rotor.runtime.config.ProfileSettings.BoundIdPlaces;
import dev.rotor.runtime.config.ProfileSettings.Counts;
import dev.rotor.runtime.config.ProfileSettings.Estimation;
import dev.rotor.runtime.config.ProfileSettings.LaneSource;
import dev.rotor.runtime.config.ProfileSettings.Placement;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import dev.rotor.runtime.config.ProfileSettings.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a profile that have settings of their own. */
final class ProfileParts {
  /** An answer of a few paragraphs. */
  private static final int TYPICAL_OUTPUT = 500;

  private enum Refill {
    EVEN,
    WINDOW
  }

  private ProfileParts() {}

  static @Nullable Placement placement(Section profile) {
    Section key = PolicyReader.subsection(profile, "key");
    if (key == null) {
      if (!profile.has("key")) {
        profile.mistake(
            "a profile needs `key`: the `header` or the `query` that the key goes into");
      }
      return null;
    }
    String header = key.parse("header", HttpText::header);
    String query = key.text("query");
    Setting prefixSetting = key.get("prefix");
    String prefix = prefixSetting == null || prefixSetting.isNothing() ? "" : prefix(prefixSetting);
    List<String> alternatives = list(key, "alternatives", ProfileParts::alternative);
    key.done();
    if (key.has("header") == key.has("query")) {
      key.mistake("must say one of `header` and `query`");
    } else if (key.has("query") && !prefix.isEmpty()) {
      key.mistakeAt("prefix", "goes with `header` only");
    } else if (header != null || query != null) {
      return new Placement(header, prefix, query, alternatives);
    }
    return null;
  }

  /** May be empty, in quotes, and ends with a space more often than not. */
  private static String prefix(Setting setting) {
    Interpolation.Result result = setting.interpolated("a prefix");
    return result == null ? "" : result.text();
  }

  /** A header, or {@code ?} and a query parameter. */
  private static String alternative(String text) {
    return text.length() > 1 && text.charAt(0) == '?' ? text : HttpText.header(text);
  }

  static @Nullable LaneSource lane(Section profile) {
    Setting setting = profile.get("lane");
    Section lane = setting == null || setting.isNothing() ? null : setting.section();
    if (lane == null) {
      return null;
    }
    PathVariable path = lane.parse("path", PathVariable::parse);
    Map<String, String> paths = paths(PolicyReader.subsection(lane, "paths"));
    String header = lane.parse("header", HttpText::header);
    String body = lane.parse("body", HttpText::pointer);
    lane.done();
    if (!lane.has("path") && !lane.has("paths") && !lane.has("header") && !lane.has("body")) {
      lane.mistake("must say one of `path`, `paths`, `header` and `body`");
      return null;
    }
    return path == null && paths.isEmpty() && header == null && body == null
        ? null
        : new LaneSource(path, paths, header, body);
  }

  private static Map<String, String> paths(@Nullable Section section) {
    Map<String, String> lanes = new LinkedHashMap<>();
    if (section == null) {
      return lanes;
    }
    for (Map.Entry<String, Setting> entry : section.named().entrySet()) {
      String lane = entry.getValue().text();
      if (!entry.getKey().startsWith("/")) {
        entry.getValue().mistake("is not a path, such as `/search`");
      } else if (lane != null) {
        lanes.put(entry.getKey(), lane.trim());
      }
    }
    return lanes;
  }

  static List<Remaining> remaining(Section profile) {
    Setting setting = profile.get("remaining");
    List<Remaining> limits = new ArrayList<>();
    if (setting == null) {
      return limits;
    }
    for (Setting item : setting.items()) {
      Section section = item.section();
      Remaining limit = section == null ? null : limit(section);
      if (limit != null) {
        limits.add(limit);
      }
    }
    return limits;
  }

  private static @Nullable Remaining limit(Section section) {
    String remaining = section.parse("remaining", HttpText::header);
    String reset = section.parse("reset", HttpText::header);
    String limit = section.parse("limit", HttpText::header);
    Setting countsSetting = section.get("counts");
    Setting refillSetting = section.get("refill");
    Counts counts = countsSetting == null ? null : countsSetting.oneOf(Counts.values());
    Refill refill = refillSetting == null ? null : refillSetting.oneOf(Refill.values());
    section.done();
    if (!section.has("remaining") || !section.has("reset")) {
      section.mistake("must say both `remaining` and `reset`, the names of two headers");
    } else if (remaining != null && reset != null) {
      return new Remaining(
          limit,
          remaining,
          reset,
          counts == null ? Counts.in(remaining) : counts,
          refill == Refill.EVEN);
    }
    return null;
  }

  static Usage usage(Section profile) {
    Section usage = PolicyReader.subsection(profile, "usage");
    if (usage == null) {
      return new Usage(List.of(), List.of(), List.of());
    }
    List<String> input = list(usage, "input", ProfileParts::sum);
    List<String> output = list(usage, "output", ProfileParts::sum);
    List<String> total = list(usage, "total", ProfileParts::sum);
    usage.done();
    return new Usage(input, output, total);
  }

  /** A pointer, or several with {@code +} between them. */
  private static String sum(String text) {
    for (String part : text.split("\\+", -1)) {
      HttpText.pointer(part.strip());
    }
    return text;
  }

  static BoundIdPlaces boundIds(Section profile) {
    Section ids = PolicyReader.subsection(profile, "bound-ids");
    if (ids == null) {
      return BoundIdPlaces.NONE;
    }
    List<String> body = list(ids, "body", HttpText::pointer);
    List<PathVariable> paths = list(ids, "paths", PathVariable::parse);
    List<String> madeBy = list(ids, "made-by", ProfileParts::pathEnd);
    List<String> madeAt = list(ids, "made-at", HttpText::pointer);
    ids.done();
    if (ids.has("made-by") != ids.has("made-at")) {
      ids.mistake("must say both `made-by` and `made-at`, or neither");
    }
    return new BoundIdPlaces(body, paths, madeBy, madeAt);
  }

  static @Nullable Estimation estimate(Section profile) {
    Setting setting = profile.get("estimate");
    Section estimate = setting == null || setting.isNothing() ? null : setting.section();
    if (estimate == null) {
      return null;
    }
    List<String> maxOutput = list(estimate, "max-output", HttpText::pointer);
    int typicalOutput = estimate.count("typical-output", TYPICAL_OUTPUT, 0);
    estimate.done();
    return new Estimation(maxOutput, typicalOutput);
  }

  /** {@code /files}; of Google's also {@code :batchGenerateContent}. */
  private static String pathEnd(String text) {
    return text.startsWith(":") ? text : path(text);
  }

  /** A setting that, left empty, takes away what the profile below says. */
  static <T> @Nullable T optional(Section section, String name, Setting.Parser<T> parser) {
    Setting setting = section.get(name);
    return setting == null || setting.isNothing() ? null : setting.parse(parser);
  }

  static String path(String text) {
    if (text.startsWith("/")) {
      return text;
    }
    throw new MalformedTextException(text, "is not a path, such as `/graphql`");
  }

  static <T> List<T> list(Section section, String name, Setting.Parser<T> parser) {
    Setting setting = section.get(name);
    return setting == null ? List.of() : setting.each(parser);
  }
}
