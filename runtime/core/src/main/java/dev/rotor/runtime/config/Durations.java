package dev.rotor.runtime.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Durations as they are written in the configuration file and in annotations. */
public final class Durations {
  private static final String EXPECTED =
      "is not a duration; write a number and its unit, such as `500ms`, `2s`, `15m`, `1h` or `1d`";

  private Durations() {}

  /**
   * Reads a whole number with its unit: {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}.
   * Zero is a duration; a negative number is not.
   *
   * @throws IllegalArgumentException when it is none; the message quotes the text and tells the
   *     form
   */
  public static Duration parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    ChronoUnit unit = unit(text.substring(digits).trim());
    if (digits == 0 || unit == null) {
      throw new MalformedTextException(text, EXPECTED);
    }
    try {
      Duration duration = Duration.of(Long.parseLong(text.substring(0, digits)), unit);
      // What does not count in nanoseconds cannot be waited for.
      long unused = duration.toNanos();
      return duration;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new MalformedTextException(text, "is too long a duration");
    }
  }

  /** Writes a duration in its largest whole unit, so that {@link #parse} reads the same. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  static @Nullable ChronoUnit unit(String name) {
    return switch (name) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      default -> null;
    };
  }
}
