package dev.rotor.runtime.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file beside the store that holds the version that the store had last. MVStore answers
 * damage at its end with the version before, without a word; this tells that there was a later one.
 * It is written after the store and need not be as safe: one that is behind, or not there, only
 * tells less.
 */
final class VersionMark implements AutoCloseable {

  private static final String FILE_NAME = "quotas.version";
  private static final int DIGITS = 19;

  private final FileChannel channel;

  private VersionMark(FileChannel channel) {
    this.channel = channel;
  }

  static VersionMark open(Path directory) throws IOException {
    return new VersionMark(
        FileChannel.open(
            directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** The version that was written last; -1: unknown. */
  static long read(Path directory) {
    try {
      return Long.parseLong(Files.readString(directory.resolve(FILE_NAME)).trim());
    } catch (IOException | NumberFormatException unknown) {
      return -1;
    }
  }

  static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
  }

  void write(long version) {
    String digits = Long.toString(version);
    String text = "0".repeat(DIGITS - digits.length()) + digits + "\n";
    try {
      int unused = channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
