package dev.rotor.runtime.http;

import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.config.VersionForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path as it may be remembered and printed: what looks like a name stays, and all else, such as
 * ids and tokens, is {@code *}.
 */
final class PathShape {

  private static final int MOST_SEGMENTS = 12;
  private static final int LONGEST_NAME = 32;

  private PathShape() {}

  static String of(@Nullable String rawPath, List<Secret> secrets) {
    if (rawPath == null || rawPath.isEmpty()) {
      return "/";
    }
    StringBuilder shape = new StringBuilder();
    int segments = 0;
    for (String segment : rawPath.substring(1).split("/", -1)) {
      if (segments++ == MOST_SEGMENTS) {
        return shape.append("/**").toString();
      }
      shape.append('/').append(isName(segment) && !isSecret(segment, secrets) ? segment : "*");
    }
    return shape.toString();
  }

  private static boolean isName(String segment) {
    return segment.length() <= LONGEST_NAME
        && (segment.chars().allMatch(PathShape::isOfNames) || VersionForm.isVersion(segment));
  }

  private static boolean isOfNames(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || "-_.:".indexOf(c) >= 0;
  }

  private static boolean isSecret(String segment, List<Secret> secrets) {
    return secrets.stream().anyMatch(it -> segment.contains(it.reveal()));
  }
}
