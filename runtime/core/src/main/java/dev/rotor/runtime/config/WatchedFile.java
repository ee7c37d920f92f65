package dev.rotor.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A file as it was when it was read. Links are followed, so it is the target that is looked at. */
final class WatchedFile {
  private static final long ABSENT = 0;

  private final Path file;
  private @Nullable Stamp stamp;
  private long contentHash = ABSENT;

  WatchedFile(Path file) {
    this.file = file;
  }

  private record Stamp(FileTime modified, long size, @Nullable Object identity) {}

  /** Reads the content and remembers it as what was last known. */
  byte[] read() throws IOException {
    // The stamp first: a change after it shows as a newer stamp, never as an old one.
    stamp = stamp();
    contentHash = ABSENT;
    byte[] content = Files.readAllBytes(file);
    contentHash = hash(content);
    return content;
  }

  /**
   * Whether the content differs from what was read.
   *
   * @param thorough look at the content even when time, size and identity are the same
   */
  boolean differs(boolean thorough) {
    Stamp now = stamp();
    if (!thorough && (now == null ? contentHash == ABSENT : now.equals(stamp))) {
      return false;
    }
    if (currentHash() != contentHash) {
      return true;
    }
    stamp = now;
    return false;
  }

  private long currentHash() {
    try {
      return hash(Files.readAllBytes(file));
    } catch (IOException e) {
      return ABSENT;
    }
  }

  private @Nullable Stamp stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  /** FNV-1a in 64 bits: told apart are versions of one small file, and no provider is loaded. */
  private static long hash(byte[] content) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : content) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash == ABSENT ? 1 : hash;
  }
}
