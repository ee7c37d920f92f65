package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.WaitText.MILLI;
import static dev.rotor.runtime.http.WaitText.SECOND;
import static dev.rotor.runtime.http.WaitText.UNKNOWN;
import static dev.rotor.runtime.http.WaitText.until;

import java.util.Locale;

/** Reads one wait, a number or numbers with units, from left to right; see {@link WaitText}. */
final class WaitScan {
  /** As seconds 31 years, as an instant September 2001. */
  private static final long EPOCH_SECONDS_FROM = 1_000_000_000L;

  /** As seconds the year 5138, as milliseconds 1973. */
  private static final long EPOCH_MILLIS_FROM = 100_000_000_000L;

  private static final long EPOCH_MILLIS_TO = 100_000_000_000_000L;
  private static final int MOST_DIGITS = 15;
  private static final int NANO_DIGITS = 9;

  private final String text;
  private final long nowMillis;
  private final long cap;
  private int at;
  private long whole;
  private long fractionNanos;

  /** Longer waits than {@code cap} are cut to it. */
  WaitScan(String text, long nowMillis, long cap) {
    this.text = text.toLowerCase(Locale.ROOT);
    this.nowMillis = nowMillis;
    this.cap = cap;
  }

  long read(long plainUnit) {
    long total = 0;
    do {
      if (!number()) {
        return UNKNOWN;
      }
      if (at == text.length()) {
        return total == 0 ? plain(plainUnit) : UNKNOWN;
      }
      long unit = unit();
      if (unit < 0) {
        return UNKNOWN;
      }
      total = Math.min(cap, total + times(unit));
    } while (at < text.length());
    return total > 0 ? total : UNKNOWN;
  }

  private long plain(long unit) {
    if (unit == SECOND && whole >= EPOCH_SECONDS_FROM) {
      if (whole >= EPOCH_MILLIS_TO) {
        return UNKNOWN;
      }
      return until(
          whole >= EPOCH_MILLIS_FROM ? whole : whole * 1000 + fractionNanos / MILLI,
          nowMillis,
          cap);
    }
    long wait = times(unit);
    return wait > 0 ? wait : UNKNOWN;
  }

  private long times(long unit) {
    if (whole >= cap / unit) {
      return cap;
    }
    // A fraction has nine digits, so for the long units it is scaled down first.
    long fraction =
        unit <= SECOND ? fractionNanos * unit / SECOND : fractionNanos * (unit / SECOND);
    return Math.min(cap, whole * unit + fraction);
  }

  /** Reads digits, and after a point at least one more. */
  private boolean number() {
    int start = at;
    whole = 0;
    fractionNanos = 0;
    for (; at < text.length() && isDigit(text.charAt(at)); at++) {
      whole = whole * 10 + (text.charAt(at) - '0');
      if (at - start >= MOST_DIGITS) {
        return false;
      }
    }
    if (at == start) {
      return false;
    }
    if (at < text.length() && text.charAt(at) == '.') {
      int point = at++;
      for (; at < text.length() && isDigit(text.charAt(at)); at++) {
        if (at - point <= NANO_DIGITS) {
          fractionNanos = fractionNanos * 10 + (text.charAt(at) - '0');
        }
      }
      for (int digits = at - point - 1; digits < NANO_DIGITS; digits++) {
        fractionNanos *= 10;
      }
      return at > point + 1;
    }
    return true;
  }

  private long unit() {
    int start = at;
    while (at < text.length() && !isDigit(text.charAt(at))) {
      at++;
    }
    return switch (text.substring(start, at)) {
      case "ns" -> 1L;
      case "us", "µs" -> 1_000L;
      case "ms" -> MILLI;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3_600 * SECOND;
      case "d" -> 86_400 * SECOND;
      default -> -1L;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
