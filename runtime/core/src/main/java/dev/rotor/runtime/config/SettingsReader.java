package dev.rotor.runtime.config;

import dev.rotor.runtime.config.BindReader.Named;
import dev.rotor.runtime.config.YamlValue.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the whole file, its includes merged in: the top level, in the order things depend. */
final class SettingsReader {
  private final Reading reading;

  SettingsReader(Reading reading) {
    this.reading = reading;
  }

  Settings read(Path file, Fields root) {
    Section top = new Section(reading, "", root, false);
    top.get(ConfigFiles.INCLUDE);
    Mode mode = PolicyReader.mode(top, null);
    int replicas = top.count("replicas", 1, 1);
    Path extensions = extensions(top);
    Policies defaults = defaults(top);
    Map<String, Setting> apiSettings = named(top, "apis");
    ApiReader apiReader = new ApiReader(new ProfileReader(reading), defaults, mode, replicas);
    Map<String, ApiSettings> apis = new LinkedHashMap<>();
    for (Map.Entry<String, Setting> entry : apiSettings.entrySet()) {
      ApiSettings api = apiReader.read(entry.getKey(), entry.getValue());
      if (api != null) {
        apis.put(entry.getKey(), api);
      }
    }
    Named<LimitSettings> limits = all(top, "limits", LimitReader::read);
    Named<CacheSettings> caches = all(top, "caches", CacheReader::read);
    List<BindSettings> binds =
        binds(top, new BindReader(apiSettings.keySet(), apis, limits, caches));
    Flags flags = flags(top);
    Setting stateSetting = top.get("state");
    StateSettings state = stateSetting == null ? null : StateSettings.read(stateSetting);
    top.notYet("admin");
    top.done();
    return new Settings(
        file,
        mode == null ? Mode.ON : mode,
        apis,
        limits.read(),
        caches.read(),
        binds,
        flags,
        state == null ? StateSettings.MEMORY : state,
        replicas,
        extensions);
  }

  /** A relative path is one beside the file that says it. */
  private static @Nullable Path extensions(Section top) {
    Setting setting = top.get("extensions");
    String text = setting == null ? null : setting.text();
    if (setting == null || text == null) {
      return null;
    }
    Path directory = setting.place().source().directory();
    Path path = directory == null ? Path.of(text) : directory.resolve(text);
    if (!Files.isDirectory(path)) {
      setting.mistake("is not a directory: " + setting.shown());
      return null;
    }
    return path;
  }

  private static Policies defaults(Section top) {
    Section section = PolicyReader.subsection(top, "defaults");
    if (section == null) {
      return Policies.BUILT_IN;
    }
    Policies defaults = PolicyReader.read(section, Policies.BUILT_IN);
    section.done();
    return defaults;
  }

  private static Map<String, Setting> named(Section top, String name) {
    Section section = PolicyReader.subsection(top, name);
    return section == null ? Map.of() : section.named();
  }

  private interface NamedReader<T> {
    @Nullable T read(String name, Setting setting);
  }

  private static <T> Named<T> all(Section top, String name, NamedReader<T> reader) {
    Map<String, Setting> settings = named(top, name);
    Map<String, T> read = new LinkedHashMap<>();
    for (Map.Entry<String, Setting> entry : settings.entrySet()) {
      if (!NamePolicy.allows(entry.getKey())) {
        entry.getValue().mistake(NamePolicy.PROBLEM);
      }
      T value = reader.read(entry.getKey(), entry.getValue());
      if (value != null) {
        read.put(entry.getKey(), value);
      }
    }
    return new Named<>(Set.copyOf(settings.keySet()), read);
  }

  private static List<BindSettings> binds(Section top, BindReader reader) {
    List<BindSettings> binds = new ArrayList<>();
    Setting setting = top.get("bind");
    if (setting == null) {
      return binds;
    }
    for (Setting item : setting.items()) {
      BindSettings bind = reader.read(item);
      if (bind != null) {
        binds.add(bind);
      }
    }
    return binds;
  }

  private static Flags flags(Section top) {
    Section section = PolicyReader.subsection(top, "flags");
    if (section == null) {
      return Flags.ALL;
    }
    Flags flags =
        new Flags(
            section.flag("rotation", true),
            section.flag("limits", true),
            section.flag("caching", true));
    section.done();
    return flags;
  }
}
