package dev.rotor.runtime.config;

import dev.rotor.runtime.config.ProfileSettings.BoundIdPlaces;
import dev.rotor.runtime.config.ProfileSettings.Estimation;
import dev.rotor.runtime.config.ProfileSettings.LaneSource;
import dev.rotor.runtime.config.ProfileSettings.Placement;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import dev.rotor.runtime.config.ProfileSettings.Usage;
import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import java.net.URI;
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

  Reading reading() {
    return reading;
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
    List<HostPattern> hosts = ProfileParts.list(section, "hosts", HostPattern::parse);
    URI baseUrl = ProfileParts.optional(section, "base-url", HttpText::baseUrl);
    Placement key = ProfileParts.placement(section);
    LaneSource lane = ProfileParts.lane(section);
    List<Remaining> remaining = ProfileParts.remaining(section);
    Section words = PolicyReader.subsection(section, "words");
    Set<String> rateWords = new LinkedHashSet<>();
    Set<String> quotaCodes = Set.of();
    Set<String> authCodes = Set.of();
    if (words != null) {
      for (String word : ProfileParts.list(words, "rate-limited", ProfileReader::asIs)) {
        rateWords.add(word.toLowerCase(Locale.ROOT));
      }
      quotaCodes = new LinkedHashSet<>(ProfileParts.list(words, "quota", ProfileReader::asIs));
      authCodes = new LinkedHashSet<>(ProfileParts.list(words, "auth", ProfileReader::asIs));
      words.done();
    }
    List<String> errors = ProfileParts.list(section, "errors", HttpText::pointer);
    List<String> successPaths = ProfileParts.list(section, "errors-in-success", ProfileParts::path);
    List<String> waits = ProfileParts.list(section, "waits", HttpText::pointer);
    Usage usage = ProfileParts.usage(section);
    String requestId = ProfileParts.optional(section, "request-id", HttpText::header);
    List<String> account = ProfileParts.list(section, "account", HttpText::header);
    String clientRequestId = ProfileParts.optional(section, "client-request-id", HttpText::header);
    BoundIdPlaces boundIds = ProfileParts.boundIds(section);
    Estimation estimate = ProfileParts.estimate(section);
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
            successPaths,
            waits,
            usage,
            requestId,
            account,
            clientRequestId,
            boundIds,
            estimate);
  }

  private static String asIs(String text) {
    return text;
  }
}
