package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings.LaneSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lane that a request is for. Immutable. */
final class LaneReader {
  private final LaneSource source;
  private final List<Map.Entry<String, String>> paths;
  private final @Nullable JsonReader body;

  LaneReader(LaneSource source) {
    this.source = source;
    this.paths =
        source.paths().entrySet().stream()
            .sorted((one, other) -> other.getKey().length() - one.getKey().length())
            .toList();
    this.body = source.body() == null ? null : JsonReader.of(List.of(source.body()));
  }

  boolean needsBody() {
    return body != null;
  }

  @Nullable String read(Request request, byte @Nullable [] bytes) {
    String path = HttpSite.path(request.uri());
    String lane = source.path() == null ? null : source.path().in(path);
    for (int i = 0; lane == null && i < paths.size(); i++) {
      lane = isUnder(path, paths.get(i).getKey()) ? paths.get(i).getValue() : null;
    }
    if (lane == null && source.header() != null) {
      lane = request.first(source.header());
    }
    return lane == null && body != null && bytes != null ? body.first(bytes) : lane;
  }

  /** Whether a path begins with these segments. */
  static boolean isUnder(String path, String start) {
    return path.startsWith(start)
        && (start.endsWith("/")
            || path.length() == start.length()
            || path.charAt(start.length()) == '/');
  }
}
