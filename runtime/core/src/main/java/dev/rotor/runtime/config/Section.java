package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one mapping. Each name that is asked for is thereby allowed; {@link #done} tells
 * the others as mistakes.
 */
final class Section {
  private final Reading reading;
  private final String path;
  private final Fields fields;
  private final boolean confidential;
  private final Set<String> allowed = new LinkedHashSet<>();
  private final Set<String> notYet = new LinkedHashSet<>();

  Section(Reading reading, String path, Fields fields, boolean confidential) {
    this.reading = reading;
    this.path = path;
    this.fields = fields;
    this.confidential = confidential;
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  static String item(String path, int index) {
    return path + "[" + index + "]";
  }

  String path() {
    return path;
  }

  Place place() {
    return fields.place();
  }

  boolean has(String name) {
    return fields.byName().containsKey(name);
  }

  /** A setting, or null when the file does not say it. */
  @Nullable Setting get(String name) {
    allowed.add(name);
    Field field = fields.byName().get(name);
    return field == null ? null : setting(name, field);
  }

  /** All settings, where names are the user's own. */
  Map<String, Setting> named() {
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (Map.Entry<String, Field> entry : fields.byName().entrySet()) {
      allowed.add(entry.getKey());
      settings.put(entry.getKey(), setting(entry.getKey(), entry.getValue()));
    }
    return settings;
  }

  private Setting setting(String name, Field field) {
    return new Setting(reading, join(path, name), field.value(), false);
  }

  @Nullable String text(String name) {
    Setting setting = get(name);
    return setting == null ? null : setting.text();
  }

  <T> @Nullable T parse(String name, Setting.Parser<T> parser) {
    Setting setting = get(name);
    return setting == null ? null : setting.parse(parser);
  }

  Duration duration(String name, Duration otherwise, boolean zeroAllowed) {
    Setting setting = get(name);
    Duration duration = setting == null ? null : setting.duration(zeroAllowed);
    return duration == null ? otherwise : duration;
  }

  int count(String name, int otherwise, int least) {
    Setting setting = get(name);
    Long number = setting == null ? null : setting.number(least, Integer.MAX_VALUE);
    return number == null ? otherwise : number.intValue();
  }

  double share(String name, double otherwise) {
    Double share = parse(name, Shares::parse);
    return share == null ? otherwise : share;
  }

  boolean flag(String name, boolean otherwise) {
    Setting setting = get(name);
    Boolean flag = setting == null ? null : setting.flag();
    return flag == null ? otherwise : flag;
  }

  /** Settings that Rotor will have and has not yet: a mistake where they are said. */
  void notYet(String... names) {
    for (String name : names) {
      notYet.add(name);
      mistakeAt(name, "is not in this version yet");
    }
  }

  /** A mistake at a setting; none when the file does not say it. */
  void mistakeAt(String name, String problem) {
    Field field = fields.byName().get(name);
    if (field != null) {
      reading.mistakes().add(join(path, name), field.place(), problem);
    }
  }

  void mistake(String problem) {
    reading.mistakes().add(path, place(), problem);
  }

  /** Tells each name that nobody asked for. */
  void done() {
    for (Map.Entry<String, Field> entry : fields.byName().entrySet()) {
      String name = entry.getKey();
      if (allowed.contains(name) || notYet.contains(name)) {
        continue;
      }
      if (confidential && NearestName.of(name, allowed) == null) {
        // What is near to no setting may be a secret that was put into the wrong place.
        String hint = "; allowed: " + NearestName.list(allowed);
        reading.mistakes().add(path, entry.getValue().place(), "holds an unknown setting" + hint);
      } else {
        mistakeAt(name, "unknown setting" + NearestName.hint(name, allowed));
      }
    }
  }
}
