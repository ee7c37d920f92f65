package dev.rotor.runtime.http;

import org.jspecify.annotations.Nullable;

/** Counts as answers write them. */
final class Numbers {
  static final long UNTOLD = -1;

  private static final int MOST_DIGITS = 15;

  private Numbers() {}

  /** A count in digits alone; -1 for anything else, and for one that is too long to be true. */
  static long whole(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return UNTOLD;
    }
    long count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return UNTOLD;
      }
      count = count * 10 + (c - '0');
    }
    return count;
  }

  /** Whether it is a number below zero. */
  static boolean isNegative(String text) {
    return text.length() > 1 && text.charAt(0) == '-' && first(text.substring(1)) != UNTOLD;
  }

  /** What is wrong with a count; null: nothing, or that it says "unknown". */
  static Oddity.@Nullable Way oddity(String text) {
    if (first(text) != UNTOLD || text.isBlank() || text.strip().equals("-1")) {
      return null;
    }
    return isNegative(text.strip()) ? Oddity.Way.NEGATIVE : Oddity.Way.UNREADABLE;
  }

  /**
   * The first of a list, which is what two headers of one name become, without its parameters
   * ({@code 100, 100;w=60}) and decimals.
   */
  static long first(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ';') {
      end++;
    }
    String first = text.substring(0, end).strip();
    int point = first.indexOf('.');
    if (point > 0 && whole(first.substring(point + 1)) != UNTOLD) {
      first = first.substring(0, point);
    }
    return whole(first);
  }
}
