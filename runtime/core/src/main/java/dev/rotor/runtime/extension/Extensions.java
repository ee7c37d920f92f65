package dev.rotor.runtime.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classes of the jars in one directory. Thread-safe. */
public final class Extensions {

  private final @Nullable Path directory;
  private final ClassLoader loader;

  private Extensions(@Nullable Path directory, ClassLoader loader) {
    this.directory = directory;
    this.loader = loader;
  }

  /**
   * The jars that are there now. Blocks on reading the directory.
   *
   * @param directory null: none, and only classes of Rotor's own loader are found
   * @throws IllegalArgumentException when it cannot be read; the message names it
   */
  public static Extensions of(@Nullable Path directory) {
    ClassLoader own = Extensions.class.getClassLoader();
    if (directory == null) {
      return new Extensions(null, own);
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
      found.forEach(jars::add);
    } catch (IOException | UncheckedIOException unreadable) {
      throw new IllegalArgumentException(
          "extensions: the directory " + directory + " cannot be read: " + unreadable.getMessage(),
          unreadable);
    }
    Collections.sort(jars);
    URL[] urls = jars.stream().map(Extensions::url).toArray(URL[]::new);
    return new Extensions(directory, new URLClassLoader("rotor-extensions", urls, own));
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("extensions: " + jar, e);
    }
  }

  /** Where they are from; null: there is no such directory. */
  public @Nullable Path directory() {
    return directory;
  }

  /**
   * A new instance of a strategy.
   *
   * @throws IllegalArgumentException when there is no such class, or it is none; the message says
   *     where it was looked for and what is wrong
   */
  public KeyStrategy strategy(String className) {
    String where =
        directory == null ? "no `extensions` directory is said" : "looked in " + directory;
    try {
      Class<?> type = Class.forName(className, true, loader);
      if (!KeyStrategy.class.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            "strategy: " + className + " does not implement " + KeyStrategy.class.getName());
      }
      return (KeyStrategy) type.getConstructor().newInstance();
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException(
          "strategy: there is no class " + className + " (" + where + ")", missing);
    } catch (ReflectiveOperationException | LinkageError unusable) {
      throw new IllegalArgumentException(
          "strategy: "
              + className
              + " cannot be made ("
              + unusable
              + "); it needs a public constructor without parameters",
          unusable);
    }
  }
}
