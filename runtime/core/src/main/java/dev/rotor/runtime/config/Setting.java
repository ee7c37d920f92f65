package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Fields;
import dev.rotor.runtime.config.YamlValue.Items;
import dev.rotor.runtime.config.YamlValue.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value and where it stands. Each typed access returns null after telling the mistake. A text
 * that holds variables is shown in messages as it stands in the file, never resolved; a
 * confidential one is not shown at all.
 */
final class Setting {
  private final Reading reading;
  private final String path;
  private final YamlValue value;
  private final boolean confidential;

  Setting(Reading reading, String path, YamlValue value, boolean confidential) {
    this.reading = reading;
    this.path = path;
    this.value = value;
    this.confidential = confidential;
  }

  /** Reads a text; throws {@link MalformedTextException}. */
  interface Parser<T> {
    T parse(String text);
  }

  String path() {
    return path;
  }

  Place place() {
    return value.place();
  }

  YamlValue value() {
    return value;
  }

  boolean isText() {
    return value instanceof Text text && !text.isNothing();
  }

  boolean isNothing() {
    return value instanceof Text text && text.isNothing();
  }

  /** The same, never to be shown. */
  Setting confidential() {
    return new Setting(reading, path, value, true);
  }

  void mistake(String problem) {
    reading.mistakes().add(path, place(), problem);
  }

  /** A mistake about the text itself: the problem follows its quotation. */
  private void mistakeInText(String problem) {
    mistake(shown() + " " + problem);
  }

  /** The text, quoted, as people may see it. */
  String shown() {
    return confidential ? "the value" : "`" + rawText() + "`";
  }

  private String rawText() {
    return value instanceof Text text ? text.text() : "";
  }

  /** The text with its variables resolved; one that is not there is a mistake. */
  @Nullable String text() {
    Interpolation.Result result = interpolated("a single value");
    if (result == null) {
      return null;
    }
    for (String missing : result.missing()) {
      mistakeInText(
          missing.startsWith("file ")
              ? "needs " + missing + ", which cannot be read"
              : "needs the variable `" + missing + "`, which is not set");
    }
    if (!result.missing().isEmpty()) {
      return null;
    }
    if (result.text().isBlank()) {
      mistake("is empty");
      return null;
    }
    return result.text();
  }

  /** The text as it came out, with what was missing; null after a mistake in its form. */
  Interpolation.@Nullable Result interpolated(String expected) {
    if (!(value instanceof Text text) || text.isNothing()) {
      mistake(expected + " must stand here, not " + value.kind());
      return null;
    }
    Interpolation.Result result =
        reading.interpolation().resolve(text.text(), place().source().directory());
    if (result.problem() != null) {
      mistakeInText(result.problem());
      return null;
    }
    return result;
  }

  <T> @Nullable T parse(Parser<T> parser) {
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      return parser.parse(text.trim());
    } catch (MalformedTextException e) {
      if (e.isQuotable()) {
        mistakeInText(e.problem());
      } else {
        mistake("the value " + e.problem());
      }
      return null;
    }
  }

  @Nullable Duration duration(boolean zeroAllowed) {
    Duration duration = parse(Durations::parse);
    if (duration != null && duration.isZero() && !zeroAllowed) {
      mistakeInText("must be above zero");
      return null;
    }
    return duration;
  }

  @Nullable Long number(long least, long most) {
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      long number = Long.parseLong(text.trim());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      mistakeInText("is not a whole number");
      return null;
    }
    mistakeInText(number(least, most, "must be "));
    return null;
  }

  private static String number(long least, long most, String start) {
    boolean open = most == Integer.MAX_VALUE || most == Long.MAX_VALUE;
    return start + (open ? "at least " + least : "from " + least + " to " + most);
  }

  /** A number with decimals. */
  @Nullable Double decimal(double least) {
    String text = text();
    if (text == null) {
      return null;
    }
    String number = text.trim();
    if (!Shares.isDecimal(number)) {
      mistakeInText("is not a number");
      return null;
    }
    double decimal = Double.parseDouble(number);
    if (decimal < least) {
      mistakeInText("must be at least " + least);
      return null;
    }
    return decimal;
  }

  @Nullable Boolean flag() {
    String text = text();
    Boolean flag = text == null ? null : flag(text.trim());
    if (text != null && flag == null) {
      mistakeInText("must be `true` or `false`");
    }
    return flag;
  }

  /** Whether the text switches the whole setting off or on; null, without a mistake: neither. */
  @Nullable Boolean switched() {
    return value instanceof Text text
        ? flag(
            reading
                .interpolation()
                .resolve(text.text(), place().source().directory())
                .text()
                .trim())
        : null;
  }

  private static @Nullable Boolean flag(String text) {
    return switch (text) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> null;
    };
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  <E extends Enum<E>> @Nullable E oneOf(E[] constants, String... notYet) {
    String text = text();
    if (text == null) {
      return null;
    }
    String name = text.trim();
    List<String> allowed = new ArrayList<>();
    for (E constant : constants) {
      String written = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (written.equals(name)) {
        return constant;
      }
      allowed.add(written);
    }
    if (Arrays.asList(notYet).contains(name)) {
      mistakeInText("is not in this version yet; allowed: " + NearestName.list(allowed));
    } else {
      String nearest = confidential ? null : NearestName.of(name, allowed);
      mistakeInText(
          "must be one of "
              + NearestName.list(allowed)
              + (nearest == null ? "" : "; did you mean `" + nearest + "`?"));
    }
    return null;
  }

  /** The values of a list; none where nothing stands. A single value counts as a list of one. */
  List<Setting> itemsOrOne() {
    return isText() ? List.of(this) : items();
  }

  /** The values of a list; none where nothing stands. */
  List<Setting> items() {
    List<Setting> settings = new ArrayList<>();
    if (value instanceof Items items) {
      for (YamlValue item : items.values()) {
        settings.add(new Setting(reading, Section.item(path, settings.size()), item, confidential));
      }
    } else if (!isNothing()) {
      mistake("a list must stand here, not " + value.kind());
    }
    return settings;
  }

  /** The values of a list, or the single value, each read. */
  <T> List<T> each(Parser<T> parser) {
    List<T> values = new ArrayList<>();
    for (Setting item : itemsOrOne()) {
      T parsed = item.parse(parser);
      if (parsed != null) {
        values.add(parsed);
      }
    }
    return values;
  }

  /** The settings of a mapping; empty where nothing stands. */
  @Nullable Section section() {
    if (value instanceof Fields fields) {
      return new Section(reading, path, fields, confidential);
    }
    if (isNothing()) {
      return new Section(reading, path, new Fields(place(), Map.of()), confidential);
    }
    mistake("settings by name must stand here, not " + value.kind());
    return null;
  }
}
