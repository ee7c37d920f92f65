package dev.rotor.runtime.http;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The three forms of an HTTP date (RFC 9110, section 5.6.7). A class of its own, so that the
 * formatters are made only once a provider writes one.
 */
final class HttpDate {
  private static final List<DateTimeFormatter> FORMS =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          obsolete("EEEE, dd-MMM-yy HH:mm:ss 'GMT'"),
          obsolete("EEE MMM ppd HH:mm:ss yyyy"));

  private HttpDate() {}

  /** Epoch milliseconds, or -1 when it is no date. */
  static long parse(String text) {
    if (text.indexOf(':') < 0) {
      return -1;
    }
    for (DateTimeFormatter form : FORMS) {
      try {
        return ZonedDateTime.parse(text, form).toInstant().toEpochMilli();
      } catch (DateTimeException e) {
        // not this form
      }
    }
    return -1;
  }

  private static DateTimeFormatter obsolete(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
