package dev.rotor.runtime.http;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One told wait in any of the forms that providers write it in, as nanoseconds from now.
 *
 * <ul>
 *   <li>seconds, whole or not: {@code 30}, {@code 7.66} (RFC 9110 {@code Retry-After}, Azure, IETF)
 *   <li>a point in time since the epoch, in seconds (GitHub) or milliseconds (OpenRouter), told
 *       apart from seconds and from each other by magnitude
 *   <li>units: {@code 12ms}, {@code 6m0s}, {@code 1h2m3.5s}, {@code 45.837906927s} (OpenAI, Groq,
 *       Google's {@code RetryInfo})
 *   <li>RFC 3339 instants (Anthropic) and HTTP dates (RFC 9110, section 5.6.7)
 * </ul>
 *
 * <p>Of a comma-separated list, which is what two headers of one name become, the first value
 * counts. A wait longer than {@link #CAP_NANOS} is cut to it: asking once a day costs one refused
 * request, while believing a misprint would lose the key. Anything else, what is past, and zero
 * (Azure writes 0 and -1 for "unknown") is {@link #UNKNOWN}.
 */
final class WaitText {
  static final long UNKNOWN = -1;

  /** 24 hours. */
  static final long CAP_NANOS = 86_400_000_000_000L;

  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000_000_000L;

  /** 366 days. What is longer than any period that a provider counts in is a misprint. */
  private static final long YEAR_NANOS = 366 * CAP_NANOS;

  /** How far a point in time may be past because clocks differ, or because the answer was slow. */
  private static final long JUST_PAST_MILLIS = 60_000;

  private static final int LONGEST = 64;

  private static final List<String> SENTENCES =
      List.of("try again in ", "retry in ", "retry after ", "try again after ");

  private WaitText() {}

  /** Reads a value whose unit it tells itself; seconds when it tells none. */
  static long parse(String value, long nowMillis) {
    return parse(value, nowMillis, CAP_NANOS);
  }

  private static long parse(String value, long nowMillis, long cap) {
    String text = trimmed(value);
    if (text.isEmpty() || text.length() > LONGEST) {
      return UNKNOWN;
    }
    char first = text.charAt(0);
    if (first >= 'A' && first <= 'Z') {
      return until(HttpDate.parse(text), nowMillis, cap);
    }
    if (text.length() >= 20 && text.charAt(4) == '-' && text.charAt(7) == '-') {
      return until(instant(text), nowMillis, cap);
    }
    return new WaitScan(firstOfList(text), nowMillis, cap).read(SECOND);
  }

  /**
   * The same where a limit is said to be full again: what is past comes to 0, and so does a zero
   * with a unit ({@code 0s}, OpenAI). A plain zero is {@link #UNKNOWN}.
   */
  static long parseReset(String value, long nowMillis) {
    long wait = parse(value, nowMillis);
    if (wait != UNKNOWN) {
      return wait;
    }
    // A point in time is one from whenever it is looked at; garbage is none.
    return isZeroWithUnit(trimmed(value)) || parse(value, 0) != UNKNOWN ? 0 : UNKNOWN;
  }

  private static boolean isZeroWithUnit(String text) {
    boolean zero = text.startsWith("0") && text.length() <= LONGEST;
    for (int i = 1; zero && i < text.length(); i++) {
      zero = "0.nuµmshd".indexOf(text.charAt(i)) >= 0;
    }
    return zero && Character.isLetter(text.charAt(text.length() - 1));
  }

  /** Reads a plain number of milliseconds, as in {@code retry-after-ms}. */
  static long parseMillis(String value) {
    String text = firstOfList(trimmed(value));
    return text.length() > LONGEST ? UNKNOWN : new WaitScan(text, 0, CAP_NANOS).read(MILLI);
  }

  /**
   * What is wrong with a wait; null: nothing, or that the provider writes it for "unknown". For
   * those values only that came to {@link #UNKNOWN}, to 0 or to {@link #CAP_NANOS}.
   */
  static Oddity.@Nullable Way oddity(String value, long nowMillis) {
    String text = firstOfList(trimmed(value));
    if (isUnknown(text) || isZeroWithUnit(text)) {
      return null;
    } else if (parse(value, nowMillis) != UNKNOWN) {
      return parse(value, nowMillis, YEAR_NANOS) == YEAR_NANOS ? Oddity.Way.FAR : null;
    } else if (parse(value, 0) != UNKNOWN) {
      boolean isJustPast = parse(value, nowMillis - JUST_PAST_MILLIS) != UNKNOWN;
      return isJustPast ? null : Oddity.Way.PAST;
    }
    return Numbers.isNegative(text) ? Oddity.Way.NEGATIVE : Oddity.Way.UNREADABLE;
  }

  /** The same for a plain number of milliseconds. */
  static Oddity.@Nullable Way oddityOfMillis(String value) {
    String text = firstOfList(trimmed(value));
    if (isUnknown(text)) {
      return null;
    } else if (parseMillis(value) != UNKNOWN) {
      boolean isFar = new WaitScan(text, 0, YEAR_NANOS).read(MILLI) == YEAR_NANOS;
      return isFar ? Oddity.Way.FAR : null;
    }
    return Numbers.isNegative(text) ? Oddity.Way.NEGATIVE : Oddity.Way.UNREADABLE;
  }

  /** Nothing, {@code 0} and {@code -1}. */
  private static boolean isUnknown(String text) {
    if (text.equals("-1")) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '0' && text.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /**
   * Finds the wait in a message for people: "Please try again in 1.5s." (OpenAI, Groq), "Please
   * retry after 26 seconds." (Azure), "Please retry in 45.8s." (Google).
   */
  static long inSentence(String lowerCaseText, long nowMillis) {
    for (String sentence : SENTENCES) {
      int at = lowerCaseText.indexOf(sentence);
      if (at >= 0) {
        int start = at + sentence.length();
        int end = start;
        while (end < lowerCaseText.length() && isPartOfWait(lowerCaseText.charAt(end))) {
          end++;
        }
        int next = end;
        if (end > start && lowerCaseText.charAt(end - 1) == '.') {
          end--;
        }
        String unit = unitWord(lowerCaseText, next);
        long wait = parse(lowerCaseText.substring(start, end) + unit, nowMillis);
        if (wait != UNKNOWN) {
          return wait;
        }
      }
    }
    return UNKNOWN;
  }

  private static boolean isPartOfWait(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == 'µ';
  }

  private static String unitWord(String text, int at) {
    if (text.startsWith(" millisecond", at) || text.startsWith(" ms", at)) {
      return "ms";
    } else if (text.startsWith(" min", at)) {
      return "m";
    } else if (text.startsWith(" hour", at) || text.startsWith(" hr", at)) {
      return "h";
    } else if (text.startsWith(" day", at)) {
      return "d";
    }
    return "";
  }

  /** A wait of so many seconds; {@link #UNKNOWN} unless it is positive. */
  static long ofSeconds(long seconds) {
    if (seconds <= 0) {
      return UNKNOWN;
    }
    return seconds >= CAP_NANOS / SECOND ? CAP_NANOS : seconds * SECOND;
  }

  /** A wait until then; {@link #UNKNOWN} when that is past. */
  static long until(long epochMillis, long nowMillis, long cap) {
    if (epochMillis <= nowMillis) {
      return UNKNOWN;
    }
    long millis = epochMillis - nowMillis;
    return millis < 0 || millis >= cap / MILLI ? cap : millis * MILLI;
  }

  private static long instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return UNKNOWN;
    }
  }

  private static String trimmed(String value) {
    String text = value.strip();
    if (text.length() > 1 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"') {
      return text.substring(1, text.length() - 1);
    }
    return text;
  }

  private static String firstOfList(String text) {
    int comma = text.indexOf(',');
    return comma < 0 ? text : text.substring(0, comma).stripTrailing();
  }
}
