package dev.rotor.runtime.config;

import dev.rotor.runtime.config.ProfileSettings.LaneSource;
import dev.rotor.runtime.config.ProfileSettings.Placement;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import dev.rotor.runtime.config.ProfileSettings.Usage;
import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads profiles: by name, in place, or a named one with changes. All three become one mapping
 * first, which is then read the same way as the files of the profiles that come with Rotor.
 */
final class ProfileReader {
  private final Reading reading;
  private final Profiles profiles;

  ProfileReader(Reading reading) {
    this.reading = reading;
    this.profiles = new Profiles(reading.mistakes());
  }

  /** The profile of an API: as it says, else the one that is named like the API. */
  @Nullable ProfileSettings read(String api, Section section) {
    Setting setting = section.get("profile");
    if (setting == null) {
      Fields named = profiles.named(api);
      if (named == null) {
        section.mistake(
            "no profile is named `"
                + api
                + "`, so say which: `profile:` with one of "
                + NearestName.list(Profiles.NAMES)
                + ", or one given in place");
        return null;
      }
      return read(api, section.path(), named);
    }
    if (setting.value() instanceof Fields changes) {
      Fields base = base(setting, changes);
      return base == null ? null : read(api, setting.path(), base);
    }
    String name = setting.text();
    Fields named = name == null ? null : named(setting, name);
    return name == null || named == null ? null : read(name, setting.path(), named);
  }

  private @Nullable Fields named(Setting setting, String name) {
    Fields named = profiles.named(name);
    if (named == null) {
      setting.mistake(
          "unknown profile "
              + setting.shown()
              + NearestName.hint(name, Profiles.NAMES)
              + (NearestName.of(name, Profiles.NAMES) == null ? ", or one given in place" : ""));
    }
    return named;
  }

  private @Nullable Fields base(Setting setting, Fields changes) {
    Field parent = changes.byName().get(Profiles.EXTENDS);
    if (parent == null) {
      return changes;
    }
    Setting parentSetting =
        new Setting(reading, Section.join(setting.path(), Profiles.EXTENDS), parent.value(), false);
    String name = parentSetting.text();
    Fields named = name == null ? null : named(parentSetting, name);
    return named == null ? null : Profiles.over(named, changes);
  }

  private @Nullable ProfileSettings read(String name, String path, Fields fields) {
    Section section = new Section(reading, path, fields, false);
    section.get(Profiles.EXTENDS);
    List<HostPattern> hosts = list(section, "hosts", HostPattern::parse);
    URI baseUrl = section.parse("base-url", HttpText::baseUrl);
    Placement key = placement(section);
    LaneSource lane = lane(section);
    List<Remaining> remaining = remaining(section);
    Section words = PolicyReader.subsection(section, "words");
    Set<String> rateWords = new LinkedHashSet<>();
    Set<String> quotaCodes = Set.of();
    Set<String> authCodes = Set.of();
    if (words != null) {
      for (String word : list(words, "rate-limited", ProfileReader::asIs)) {
        rateWords.add(word.toLowerCase(Locale.ROOT));
      }
      quotaCodes = new LinkedHashSet<>(list(words, "quota", ProfileReader::asIs));
      authCodes = new LinkedHashSet<>(list(words, "auth", ProfileReader::asIs));
      words.done();
    }
    List<String> errors = list(section, "errors", HttpText::pointer);
    List<String> waits = list(section, "waits", HttpText::pointer);
    Usage usage = usage(section);
    String requestId = section.parse("request-id", HttpText::header);
    String account = section.parse("account", HttpText::header);
    String clientRequestId = section.parse("client-request-id", HttpText::header);
    section.done();
    return key == null
        ? null
        : new ProfileSettings(
            name,
            hosts,
            baseUrl,
            key,
            lane,
            remaining,
            rateWords,
            quotaCodes,
            authCodes,
            errors,
            waits,
            usage,
            requestId,
            account,
            clientRequestId);
  }

  private static @Nullable Placement placement(Section profile) {
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
    List<String> alternatives = list(key, "alternatives", HttpText::header);
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

  private static @Nullable LaneSource lane(Section profile) {
    Section lane = PolicyReader.subsection(profile, "lane");
    if (lane == null) {
      return null;
    }
    String body = lane.parse("body", HttpText::pointer);
    String header = lane.parse("header", HttpText::header);
    lane.done();
    if (lane.has("body") == lane.has("header")) {
      lane.mistake("must say one of `body` and `header`");
      return null;
    }
    return body == null && header == null ? null : new LaneSource(body, header);
  }

  private static List<Remaining> remaining(Section profile) {
    Setting setting = profile.get("remaining");
    List<Remaining> pairs = new ArrayList<>();
    if (setting == null) {
      return pairs;
    }
    for (Setting item : setting.items()) {
      Section pair = item.section();
      if (pair == null) {
        continue;
      }
      String remaining = pair.parse("remaining", HttpText::header);
      String reset = pair.parse("reset", HttpText::header);
      pair.done();
      if (!pair.has("remaining") || !pair.has("reset")) {
        pair.mistake("must say both `remaining` and `reset`, the names of two headers");
      } else if (remaining != null && reset != null) {
        pairs.add(new Remaining(remaining, reset));
      }
    }
    return pairs;
  }

  private static Usage usage(Section profile) {
    Section usage = PolicyReader.subsection(profile, "usage");
    if (usage == null) {
      return new Usage(List.of(), List.of(), List.of());
    }
    List<String> input = list(usage, "input", HttpText::pointer);
    List<String> output = list(usage, "output", HttpText::pointer);
    List<String> total = list(usage, "total", HttpText::pointer);
    usage.done();
    return new Usage(input, output, total);
  }

  private static <T> List<T> list(Section section, String name, Setting.Parser<T> parser) {
    Setting setting = section.get(name);
    return setting == null ? List.of() : setting.each(parser);
  }

  private static String asIs(String text) {
    return text;
  }
}
