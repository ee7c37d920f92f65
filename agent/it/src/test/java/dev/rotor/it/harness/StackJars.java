package dev.rotor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The class paths of applications, as the modules of {@code agent/it/stacks} have them. */
public final class StackJars {

  private StackJars() {}

  /** The jars of a module, sorted. */
  public static List<Path> of(String module) {
    Path library =
        Path.of(System.getProperty("rotor.it.stacks.folder", "stacks"), module, "target", "lib")
            .toAbsolutePath()
            .normalize();
    try (Stream<Path> jars = Files.list(library)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("build agent/it/stacks first", e);
    }
  }
}
