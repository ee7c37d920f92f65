package dev.rotor.runtime.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A glob over a request's path: {@code *} within a segment, {@code **} across segments. */
public final class PathPattern {
  private final String glob;
  private final Pattern pattern;

  private PathPattern(String glob, Pattern pattern) {
    this.glob = glob;
    this.pattern = pattern;
  }

  /** Compiles a glob; every string is one. */
  public static PathPattern of(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (glob.charAt(i) == '*') {
        regex.append("[^/]*");
      } else {
        regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
      }
    }
    return new PathPattern(glob, Pattern.compile(regex.toString()));
  }

  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathPattern that && glob.equals(that.glob);
  }

  @Override
  public int hashCode() {
    return glob.hashCode();
  }

  @Override
  public String toString() {
    return glob;
  }
}
