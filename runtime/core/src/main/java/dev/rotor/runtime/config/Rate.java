package dev.rotor.runtime.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** So many permits in so much time: {@code 100/1m}. Both are above zero. */
public record Rate(long permits, Duration per) {
  private static final String EXPECTED =
      "is not a rate; write how many in which time, such as `100/1m`";

  public Rate {
    if (permits <= 0 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("a rate is above zero, not " + permits + " in " + per);
    }
  }

  /**
   * Reads {@code 100/1m}, or {@code 100/m} for the same.
   *
   * @throws IllegalArgumentException when it is none, or not above zero; the message quotes the
   *     text and tells the form
   */
  public static Rate parse(String text) {
    int slash = text.indexOf('/');
    String count = slash < 0 ? "" : text.substring(0, slash).trim();
    if (count.isEmpty() || count.length() > 18 || !isWhole(count)) {
      throw new MalformedTextException(text, EXPECTED);
    }
    Duration per = per(text, text.substring(slash + 1).trim());
    long permits = Long.parseLong(count);
    if (permits <= 0 || per.isZero()) {
      throw new MalformedTextException(text, "is no rate: both numbers must be above zero");
    }
    return new Rate(permits, per);
  }

  private static Duration per(String text, String per) {
    ChronoUnit unit = Durations.unit(per);
    if (unit != null) {
      return unit.getDuration();
    }
    try {
      return Durations.parse(per);
    } catch (IllegalArgumentException e) {
      throw new MalformedTextException(text, EXPECTED);
    }
  }

  private static boolean isWhole(String text) {
    return text.indexOf('.') < 0 && Shares.isDecimal(text);
  }

  /**
   * The share of each of so many processes; where there is not a whole permit for each, one in a
   * longer time. Together they never come to more than this.
   */
  public Rate dividedBy(int processes) {
    if (permits >= processes) {
      return processes == 1 ? this : new Rate(permits / processes, per);
    }
    long perPermit = Math.floorDiv(processes + permits - 1, permits);
    return new Rate(1, per.multipliedBy(perPermit));
  }

  @Override
  public String toString() {
    return permits + "/" + Durations.format(per);
  }
}
