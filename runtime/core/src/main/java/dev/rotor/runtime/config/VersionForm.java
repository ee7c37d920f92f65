package dev.rotor.runtime.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a version looks like in a path: {@code v} and digits, with decimals and a stage if need be,
 * as in {@code v1}, {@code v1.1}, {@code v1beta}, {@code v1p1beta1}, {@code v2-preview}.
 */
public final class VersionForm {
  private static final String VERSION =
      "[vV][0-9]+(?:\\.[0-9]+)*(?:p[0-9]+)?(?:[-._]?(?:alpha|beta|rc|preview)(?:[-._]?[0-9]+)?)?";
  private static final Pattern WHOLE = Pattern.compile(VERSION);
  private static final Pattern SEGMENT = Pattern.compile("(?<=/)" + VERSION + "(?=/|$)");

  private VersionForm() {}

  /** Whether a path's segment looks like a version. */
  public static boolean isVersion(String segment) {
    return WHOLE.matcher(segment).matches();
  }

  /** The path with another version in place of the first; the same one where it has none. */
  public static String replaced(String path, String version) {
    Matcher first = SEGMENT.matcher(path);
    return first.find()
        ? path.substring(0, first.start()) + version + path.substring(first.end())
        : path;
  }

  static String parse(String text) {
    if (isVersion(text)) {
      return text;
    }
    throw new MalformedTextException(
        text, "is not a version; it is `v` and digits, such as `v2`, `v1.1` or `v1beta`");
  }
}
