package dev.rotor.runtime.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a load read, or looked for in vain, with what stood in them. */
final class FilesRead {
  private final Map<Path, WatchedFile> files = new LinkedHashMap<>();

  /**
   * Reads a whole file and remembers it, whether it was there or not.
   *
   * @throws IOException when it cannot be read
   */
  byte[] read(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    WatchedFile watched = new WatchedFile(absolute);
    files.putIfAbsent(absolute, watched);
    return watched.read();
  }

  Map<Path, WatchedFile> files() {
    return files;
  }
}
