package dev.rotor.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which versions of an API are used, and which of its paths are going away. */
final class VersionReader {
  private VersionReader() {}

  static VersionSettings versions(Section api) {
    String version = api.parse("version", VersionForm::parse);
    Section section = PolicyReader.subsection(api, "versions");
    if (section == null) {
      return version == null ? VersionSettings.NONE : new VersionSettings(version, List.of());
    }
    List<VersionSettings.ForPath> byPath = new ArrayList<>();
    for (Map.Entry<String, Setting> entry : section.named().entrySet()) {
      String ofPath = entry.getValue().parse(VersionForm::parse);
      try {
        PathPattern path = BindReader.path(entry.getKey());
        if (ofPath != null) {
          byPath.add(new VersionSettings.ForPath(path, ofPath));
        }
      } catch (MalformedTextException wrong) {
        entry.getValue().mistake("the name `" + entry.getKey() + "` " + wrong.problem());
      }
    }
    return new VersionSettings(version, byPath);
  }

  static List<DeprecatedPath> deprecated(Section api) {
    List<DeprecatedPath> paths = new ArrayList<>();
    Setting setting = api.get("deprecated");
    if (setting == null) {
      return paths;
    }
    for (Setting item : setting.items()) {
      Section section = item.section();
      if (section == null) {
        continue;
      }
      PathPattern path = section.parse("path", BindReader::path);
      LocalDate sunset = section.parse("sunset", VersionReader::date);
      URI guide = section.parse("guide", VersionReader::guide);
      section.done();
      if (!section.has("path")) {
        section.mistake("has no `path`; write one, such as `path: /v1/completions`");
      } else if (path != null) {
        paths.add(new DeprecatedPath(path, sunset, guide));
      }
    }
    return paths;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notOne) {
      throw new MalformedTextException(text, "is not a day; write one as `2027-01-31`");
    }
  }

  private static URI guide(String text) {
    URI guide = address(text);
    if (guide == null
        || guide.getHost() == null
        || guide.getRawUserInfo() != null
        || !("https".equals(guide.getScheme()) || "http".equals(guide.getScheme()))) {
      throw new MalformedTextException(
          text, "is not the address of a page; write one as `https://host/path`");
    }
    return guide;
  }

  private static @Nullable URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException notOne) {
      return null;
    }
  }
}
