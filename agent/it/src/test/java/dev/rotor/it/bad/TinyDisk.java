package dev.rotor.it.bad;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own, of a few hundred kilobytes, where whoever runs the tests may mount one.
 */
final class TinyDisk implements AutoCloseable {

  private final Path root;

  private TinyDisk(Path root) {
    this.root = root;
  }

  /** Mounts one; skips the test where that is not allowed. */
  static TinyDisk mount(String... options) throws IOException {
    // not in the build's own folder, which is deleted at times
    Path root = Files.createTempDirectory("tiny-disk-");
    String all = "size=256k" + (options.length == 0 ? "" : ',' + String.join(",", options));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", all, "none", root.toString());
    if (!mounted) {
      Files.delete(root);
    }
    Assumptions.assumeTrue(mounted, "a file system can be mounted");
    return new TinyDisk(root);
  }

  private static boolean run(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Path root() {
    return root;
  }

  /** Fills it to its last byte. */
  void fill() {
    byte[] block = new byte[256];
    try (OutputStream filler = Files.newOutputStream(root.resolve("filler"))) {
      while (true) {
        filler.write(block);
      }
    } catch (IOException full) {
      // as wanted
    }
  }

  @Override
  public void close() throws IOException {
    if (run("umount", root.toString())) {
      Files.delete(root);
    }
  }
}
