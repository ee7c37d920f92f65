package dev.rotor.samples.stub;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in each interval.
 *
 * @param count how many, above 0
 * @param per the interval, above zero
 */
public record Rate(long count, Duration per) {
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  /** Refuses what allows nothing or never. */
  public Rate {
    if (count <= 0 || per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException("a rate needs a count and an interval above 0: " + count);
    }
  }

  /**
   * Reads a rate such as {@code 30/10s}.
   *
   * @throws IllegalArgumentException if it is no such rate
   */
  public static Rate parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(0, slash).matches("\\d{1,18}")) {
      throw new IllegalArgumentException("not a rate such as 30/10s: '" + text + "'");
    }
    return new Rate(
        Long.parseLong(text.substring(0, slash)), parseDuration(text.substring(slash + 1)));
  }

  static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a duration such as 500ms, 10s or 1m: '" + text + "'");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
