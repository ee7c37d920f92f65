package dev.rotor.runtime.config;

/** What the names of APIs, keys, limits and caches may look like; they go into metrics. */
final class NamePolicy {
  static final String PROBLEM = "a name is made of letters, digits, `.`, `_` and `-`";

  private NamePolicy() {}

  static boolean allows(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
