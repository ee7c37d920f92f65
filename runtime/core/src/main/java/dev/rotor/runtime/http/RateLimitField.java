package dev.rotor.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The IETF {@code RateLimit} and {@code RateLimit-Policy} response fields
 * (draft-ietf-httpapi-ratelimit-headers): {@code "burst";r=0;t=10, "daily";r=50;t=3600} and {@code
 * "burst";q=100;w=60}, and the form of draft -07, {@code limit=100, remaining=0, reset=30}. Delta
 * seconds throughout.
 */
final class RateLimitField {
  static final long UNTOLD = -1;

  /** More than a service has policies; the rest is not looked at. */
  private static final int MOST_ITEMS = 16;

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST = 4096;

  private RateLimitField() {}

  /**
   * One policy.
   *
   * @param name of the policy; empty: it has none
   * @param unit what it counts, in lower case; null: requests
   * @param quota how many in all; -1 where it is not told, or no number
   * @param remaining how many are left, likewise
   * @param resetSeconds until more are there, likewise
   */
  record Item(String name, @Nullable String unit, long quota, long remaining, long resetSeconds) {}

  /** Whether a header's value has this form, rather than being a plain number. */
  static boolean isOne(String value) {
    return value.indexOf('=') >= 0;
  }

  /** Whether one of the policies has nothing left. */
  static boolean usedUp(String value) {
    return value.contains("=0") && items(value).stream().anyMatch(item -> item.remaining() == 0);
  }

  /** Until when the policies with nothing left say so, the longest; -1 when none does. */
  static long waitNanos(String value) {
    long longest = UNTOLD;
    if (value.contains("=0")) {
      for (Item item : items(value)) {
        if (item.remaining() == 0) {
          longest = Math.max(longest, item.resetSeconds());
        }
      }
    }
    return WaitText.ofSeconds(longest);
  }

  /** Whether there are policies, and each says what is left. */
  static boolean allTell(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).remaining() == UNTOLD) {
        return false;
      }
    }
    return !items.isEmpty();
  }

  /** What it tells, policy by policy. */
  static List<Item> items(String value) {
    Scan scan = new Scan();
    int start = 0;
    boolean quoted = false;
    int length = Math.min(value.length(), LONGEST);
    for (int i = 0; i <= length; i++) {
      char c = i < length ? value.charAt(i) : ',';
      if (c == '"' && i < length) {
        quoted = !quoted;
      }
      if (i == length || (!quoted && (c == ';' || c == ','))) {
        scan.part(value.substring(start, i).strip());
        start = i + 1;
      }
    }
    return scan.end();
  }

  private static final class Scan {
    private final List<Item> items = new ArrayList<>();
    private String name = "";
    private @Nullable String unit;
    private long quota = UNTOLD;
    private long remaining = UNTOLD;
    private long reset = UNTOLD;

    void part(String part) {
      int equals = part.startsWith("\"") ? -1 : part.indexOf('=');
      if (equals < 0) {
        // A policy's name: the next item begins.
        next();
        name = part.replace("\"", "");
        return;
      }
      String value = part.substring(equals + 1);
      switch (part.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
        case "q", "limit" -> quota = number(value);
        case "r", "remaining" -> remaining = number(value);
        case "t", "reset" -> reset = number(value);
        case "qu" -> unit = value.replace("\"", "").strip().toLowerCase(Locale.ROOT);
        default -> {}
      }
    }

    private void next() {
      boolean told = quota != UNTOLD || remaining != UNTOLD;
      if (told && items.size() < MOST_ITEMS && name.length() <= LONGEST_NAME) {
        items.add(new Item(name, unit, quota, remaining, reset));
      }
      unit = null;
      quota = UNTOLD;
      remaining = UNTOLD;
      reset = UNTOLD;
    }

    List<Item> end() {
      next();
      return items;
    }
  }

  private static long number(String value) {
    return Numbers.whole(value.strip());
  }
}
