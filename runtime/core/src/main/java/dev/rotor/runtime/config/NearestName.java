package dev.rotor.runtime.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
final class NearestName {
  private NearestName() {}

  /** The closest of the names, or null when none is close. */
  static @Nullable String of(String name, Collection<String> names) {
    String wanted = plain(name);
    int limit = Math.max(1, wanted.length() / 3);
    String nearest = null;
    for (String candidate : names) {
      int distance = distance(wanted, plain(candidate));
      if (distance <= limit) {
        limit = distance - 1;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** {@code ; did you mean `strategy`?}, or the names that are allowed when none is close. */
  static String hint(String name, Collection<String> names) {
    String nearest = of(name, names);
    if (nearest != null) {
      return "; did you mean `" + nearest + "`?";
    }
    return names.isEmpty() ? "" : "; allowed: " + list(names);
  }

  /** {@code `a`, `b`, `c`}. */
  static String list(Collection<String> names) {
    return "`" + String.join("`, `", names) + "`";
  }

  /**
   * Case and separators are what people get wrong most: {@code maxEntries}, {@code max_entries}.
   */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Levenshtein's distance, with a swap of two neighbours as one step. */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
