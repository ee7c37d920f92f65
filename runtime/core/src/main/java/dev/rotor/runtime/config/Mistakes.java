package dev.rotor.runtime.config;

import java.util.ArrayList;
import java.util.List;

/** All that is wrong with a configuration, one line each, in the order found. */
final class Mistakes {
  private final List<String> lines = new ArrayList<>();

  /** A mistake at a setting. The same one is told once, however often its place is read. */
  void add(String path, Place place, String problem) {
    addLine(path.isEmpty() ? place + ": " + problem : "`" + path + "` (" + place + "): " + problem);
  }

  /** A mistake of a whole file. */
  void add(Source source, String problem) {
    addLine(source.label() + ": " + problem);
  }

  private void addLine(String line) {
    if (!lines.contains(line)) {
      lines.add(line);
    }
  }

  int count() {
    return lines.size();
  }

  void throwIfAny() throws ConfigException {
    if (!lines.isEmpty()) {
      throw new ConfigException(lines);
    }
  }
}
