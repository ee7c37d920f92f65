package dev.rotor.runtime.http;

/**
 * The IETF {@code RateLimit} response field (draft-ietf-httpapi-ratelimit-headers): {@code
 * "burst";r=0;t=10, "daily";r=50;t=3600}, and its form in draft -07, {@code limit=100, remaining=0,
 * reset=30}. Delta seconds throughout.
 */
final class RateLimitField {
  private RateLimitField() {}

  /** Whether a header's value has this form, rather than being a plain number. */
  static boolean isOne(String value) {
    return value.indexOf('=') >= 0;
  }

  /** Whether one of the policies has nothing left. */
  static boolean usedUp(String value) {
    return scan(value, false) >= 0;
  }

  /** Until when the policies with nothing left say so, the longest; -1 when none does. */
  static long waitNanos(String value) {
    return WaitText.ofSeconds(scan(value, true));
  }

  /**
   * The longest {@code t} beside an {@code r} of 0, or -1.
   *
   * @param timed whether an item without {@code t} is passed over, rather than counted as 0
   */
  private static long scan(String value, boolean timed) {
    if (!value.contains("=0")) {
      return -1;
    }
    long longest = -1;
    long remaining = -1;
    long reset = -1;
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ',';
      if (c == '"' && i < value.length()) {
        quoted = !quoted;
      }
      boolean end = i == value.length();
      if (!end && (quoted || (c != ';' && c != ','))) {
        continue;
      }
      int equals = value.indexOf('=', start);
      if (equals < 0 || equals >= i || isQuoted(value, start, i)) {
        // A policy's name: the next item begins.
        longest = Math.max(longest, used(remaining, reset, timed));
        remaining = -1;
        reset = -1;
      } else {
        String name = value.substring(start, equals).strip();
        long number = number(value, equals + 1, i);
        if (name.equalsIgnoreCase("r") || name.equalsIgnoreCase("remaining")) {
          remaining = number;
        } else if (name.equalsIgnoreCase("t") || name.equalsIgnoreCase("reset")) {
          reset = number;
        }
      }
      start = i + 1;
    }
    return Math.max(longest, used(remaining, reset, timed));
  }

  private static boolean isQuoted(String value, int from, int to) {
    int at = from;
    while (at < to && value.charAt(at) == ' ') {
      at++;
    }
    return at < to && value.charAt(at) == '"';
  }

  private static long used(long remaining, long reset, boolean timed) {
    if (remaining != 0) {
      return -1;
    }
    return timed ? reset : Math.max(0, reset);
  }

  private static long number(String value, int from, int to) {
    String text = value.substring(from, to).strip();
    if (text.isEmpty() || text.length() > 15) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
