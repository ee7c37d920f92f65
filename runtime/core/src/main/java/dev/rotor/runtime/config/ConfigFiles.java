package dev.rotor.runtime.config;

import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file and all that it includes into one mapping: what a file says itself stands, then what
 * its last include says, and so on to the first. A file that is included twice is read once.
 */
final class ConfigFiles {
  static final String INCLUDE = "include";

  private final Reading reading;
  private final FilesRead files;
  private final Deque<Path> underWay = new ArrayDeque<>();
  private final Set<Path> done = new HashSet<>();

  ConfigFiles(Reading reading, FilesRead files) {
    this.reading = reading;
    this.files = files;
  }

  /** The merged root, or null after mistakes that leave none. */
  @Nullable Fields read(Path file) {
    Source source = new Source(String.valueOf(file.getFileName()), directory(file));
    try {
      return parse(file, source, files.read(file));
    } catch (IOException e) {
      reading.mistakes().add(source, problem(file, e) + " (" + file.toAbsolutePath() + ")");
      return null;
    }
  }

  private @Nullable Fields parse(Path file, Source source, byte[] content) {
    Path real = real(file);
    underWay.addLast(real);
    Fields own =
        YamlDocument.parse(source, new String(content, StandardCharsets.UTF_8), reading.mistakes());
    Fields merged = own;
    Field include = own == null ? null : own.byName().get(INCLUDE);
    if (own != null && include != null) {
      List<Setting> names = new Setting(reading, INCLUDE, include.value(), false).itemsOrOne();
      for (int i = names.size() - 1; i >= 0; i--) {
        Fields included = include(names.get(i));
        if (included != null && merged != null) {
          merged = Merge.over(included, merged);
        }
      }
    }
    underWay.removeLast();
    done.add(real);
    return merged;
  }

  private @Nullable Fields include(Setting setting) {
    String name = setting.text();
    Path directory = setting.place().source().directory();
    if (name == null || directory == null) {
      return null;
    }
    Path file;
    try {
      file = directory.resolve(name);
    } catch (InvalidPathException e) {
      setting.mistake(setting.shown() + " is not the name of a file");
      return null;
    }
    Path real = real(file);
    if (underWay.contains(real)) {
      setting.mistake(setting.shown() + " includes this file again, in a circle");
      return null;
    }
    if (done.contains(real)) {
      return null;
    }
    try {
      return parse(file, new Source(name, directory(file)), files.read(file));
    } catch (IOException e) {
      setting.mistake(setting.shown() + ": " + problem(file, e));
      return null;
    }
  }

  private static String problem(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "may not be read by this user";
    }
    return Files.isDirectory(file) ? "is a directory, not a file" : "cannot be read";
  }

  private static @Nullable Path directory(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
