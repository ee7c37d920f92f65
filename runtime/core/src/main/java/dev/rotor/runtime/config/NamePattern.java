package dev.rotor.runtime.config;

/** Names of models and lanes as they are written in the file, {@code *} for any characters. */
public final class NamePattern {
  private NamePattern() {}

  /** Whether all of {@code name} matches. */
  public static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(name);
    }
    // after a star the earliest match of the next part is as good as any later one
    int at = star;
    if (!name.startsWith(pattern.substring(0, star))) {
      return false;
    }
    int from = star + 1;
    for (int next = pattern.indexOf('*', from); next >= 0; next = pattern.indexOf('*', from)) {
      String part = pattern.substring(from, next);
      int found = name.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
      from = next + 1;
    }
    String last = pattern.substring(from);
    return name.length() - at >= last.length() && name.endsWith(last);
  }
}
