package dev.rotor.runtime.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where counters live that outlast a call.
 *
 * @param directory where their file is; null: in memory only
 */
public record StateSettings(@Nullable Path directory) {
  public static final StateSettings MEMORY = new StateSettings(null);

  private static final String ALLOWED = "; allowed: `memory`, or a directory as `file:DIR`";
  private static final String FILE = "file:";

  /** Reads {@code memory} or {@code file:DIR}; null after a mistake. */
  static @Nullable StateSettings read(Setting setting) {
    Path base = setting.place().source().directory();
    return setting.parse(text -> parse(text, base));
  }

  private static StateSettings parse(String text, @Nullable Path base) {
    if (text.equals("memory")) {
      return MEMORY;
    }
    if (text.startsWith("redis:")) {
      throw new MalformedTextException(text, "is not in this version yet" + ALLOWED);
    }
    if (!text.startsWith(FILE)) {
      throw new MalformedTextException(text, "is no place for state" + ALLOWED);
    }
    String directory = text.substring(FILE.length()).trim();
    if (directory.isEmpty()) {
      throw new MalformedTextException(
          text, "names no directory; write one as `file:/var/lib/app`");
    }
    try {
      Path path = Path.of(directory);
      return new StateSettings(base == null ? path : base.resolve(path));
    } catch (InvalidPathException notOne) {
      throw new MalformedTextException(text, "is not the name of a directory");
    }
  }
}
