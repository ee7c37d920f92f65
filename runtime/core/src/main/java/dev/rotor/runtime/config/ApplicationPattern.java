package dev.rotor.runtime.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A glob over the names of web applications: {@code *} stands for any part. A name matches with and
 * without a slash in front, since containers write both; the application at the root, whose name is
 * empty or {@code /} in some of them, is {@code ROOT}.
 */
public final class ApplicationPattern {
  private static final String ROOT = "ROOT";

  private final String glob;
  private final Pattern pattern;

  private ApplicationPattern(String glob, Pattern pattern) {
    this.glob = glob;
    this.pattern = pattern;
  }

  /** Compiles a glob; every string is one. */
  public static ApplicationPattern of(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String part : glob.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return new ApplicationPattern(glob, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  public boolean matches(String name) {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    if (bare.isEmpty()) {
      bare = ROOT;
    }
    return pattern.matcher(bare).matches()
        || pattern.matcher("/" + bare).matches()
        || (bare.equals(ROOT) && glob.equals("/"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApplicationPattern that && glob.equals(that.glob);
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
