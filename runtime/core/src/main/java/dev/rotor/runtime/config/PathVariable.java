package dev.rotor.runtime.config;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a path with a name in it: {@code /models/{lane}:}, {@code /files/{id}}. The piece may
 * stand anywhere in a path; what is between the braces is for the reader.
 *
 * @param before what stands before the name
 * @param after what follows it; empty: a slash or the path's end
 */
public record PathVariable(String before, String after) {

  static PathVariable parse(String text) {
    int open = text.indexOf('{');
    int close = text.indexOf('}', open + 1);
    if (!text.startsWith("/")
        || open < 0
        || close < 0
        || text.indexOf('{', open + 1) >= 0
        || text.indexOf('}', close + 1) >= 0) {
      throw new MalformedTextException(
          text, "is not a piece of a path with one name in braces, such as `/models/{lane}:`");
    }
    return new PathVariable(text.substring(0, open), text.substring(close + 1));
  }

  /** The name in this path, where the piece stands in it first; null: it does not. */
  public @Nullable String in(String path) {
    for (int at = path.indexOf(before); at >= 0; at = path.indexOf(before, at + 1)) {
      int start = at + before.length();
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (!after.isEmpty()) {
        int follows = path.indexOf(after, start);
        if (follows < 0 || follows > end) {
          continue;
        }
        end = follows;
      }
      if (end > start) {
        return path.substring(start, end);
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return before + "{}" + after;
  }
}
