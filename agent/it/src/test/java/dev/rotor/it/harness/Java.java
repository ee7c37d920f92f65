package dev.rotor.it.harness;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A Java to run children on, by its home. */
public record Java(Path home) {

  private static final String NAME_OF_25 = "ROTOR_IT_JAVA25";

  /** The one that runs the tests. */
  public static Java current() {
    return new Java(Path.of(System.getProperty("java.home")));
  }

  /**
   * Java 25, by the system property or environment variable {@code ROTOR_IT_JAVA25}, or among the
   * neighbours of the current one.
   */
  public static Optional<Java> java25() {
    String named =
        System.getProperty(NAME_OF_25, requireNonNullElse(System.getenv(NAME_OF_25), ""));
    if (!named.isBlank()) {
      return Optional.of(new Java(Path.of(named)));
    }
    Path folder = current().home().getParent();
    try (Stream<Path> neighbours = Files.list(folder)) {
      return neighbours
          .filter(it -> it.getFileName().toString().matches(".*\\b25\\b.*"))
          .map(Java::new)
          .filter(java -> Files.isExecutable(java.executable()))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its version, such as 17. */
  public int feature() {
    if (home.equals(current().home())) {
      return Runtime.version().feature();
    }
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(it -> it.startsWith("JAVA_VERSION="))
          .map(it -> it.replaceAll("\\D*(\\d+).*", "$1"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path executable() {
    return home.resolve("bin").resolve("java");
  }

  Path jcmd() {
    return home.resolve("bin").resolve("jcmd");
  }
}
