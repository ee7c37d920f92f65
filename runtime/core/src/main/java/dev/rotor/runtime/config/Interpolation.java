package dev.rotor.runtime.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the environment and mounted files into a text: {@code ${NAME}}, {@code ${NAME:default}},
 * {@code ${file:PATH}}; a doubled dollar sign makes it stand for itself. Runs after parsing, so
 * that a value may hold any character. A variable that is set to nothing counts as unset.
 */
final class Interpolation {
  private static final String OPEN = "${";
  private static final String FILE = "file:";

  private final Map<String, String> environment;
  private final FilesRead files;

  Interpolation(Map<String, String> environment, FilesRead files) {
    this.environment = environment;
    this.files = files;
  }

  /**
   * What came out.
   *
   * @param missing the variables and files that were not there
   * @param problem what is wrong with the form; quotes none of the text
   */
  record Result(String text, List<String> missing, @Nullable String problem) {}

  /** Resolves a text; {@code directory} is what a file's relative path is relative to. */
  Result resolve(String text, @Nullable Path directory) {
    if (!text.contains(OPEN)) {
      return new Result(text, List.of(), null);
    }
    List<String> missing = new ArrayList<>();
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (true) {
      int open = text.indexOf(OPEN, at);
      if (open < 0) {
        return new Result(out.append(text, at, text.length()).toString(), missing, null);
      }
      if (open > at && text.charAt(open - 1) == '$') {
        out.append(text, at, open - 1).append(OPEN);
        at = open + OPEN.length();
        continue;
      }
      int close = close(text, open);
      if (close < 0) {
        return malformed("has a `${` without its `}`; write `$${` for one that stands for itself");
      }
      out.append(text, at, open);
      String problem = append(text.substring(open + 2, close), directory, out, missing);
      if (problem != null) {
        return malformed(problem);
      }
      at = close + 1;
    }
  }

  private static Result malformed(String problem) {
    return new Result("", List.of(), problem);
  }

  private @Nullable String append(
      String reference, @Nullable Path directory, StringBuilder out, List<String> missing) {
    if (reference.startsWith(FILE)) {
      return appendFile(reference.substring(FILE.length()), directory, out, missing);
    }
    int colon = reference.indexOf(':');
    String name = colon < 0 ? reference : reference.substring(0, colon);
    if (!isName(name)) {
      return "has a `${…}` that names no variable; write `${NAME}`, `${NAME:default}` or"
          + " `${file:PATH}`";
    }
    String value = environment.getOrDefault(name, "");
    if (!value.isEmpty()) {
      out.append(value);
    } else if (colon >= 0) {
      Result fallback = resolve(reference.substring(colon + 1), directory);
      out.append(fallback.text());
      missing.addAll(fallback.missing());
      return fallback.problem();
    } else {
      missing.add(name);
    }
    return null;
  }

  private @Nullable String appendFile(
      String name, @Nullable Path directory, StringBuilder out, List<String> missing) {
    Result path = resolve(name, directory);
    if (path.problem() != null || !path.missing().isEmpty()) {
      missing.addAll(path.missing());
      return path.problem();
    }
    if (path.text().isBlank() || directory == null) {
      return "has a `${file:…}` that names no file";
    }
    try {
      Path file = directory.resolve(path.text());
      out.append(withoutLineEnd(new String(files.read(file), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      missing.add("file " + name);
    } catch (InvalidPathException e) {
      return "has a `${file:…}` that names no file";
    }
    return null;
  }

  static String withoutLineEnd(String text) {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
      if (end > 0 && text.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return text.substring(0, end);
  }

  /** The brace that closes the reference, past references in its default; -1: none. */
  private static int close(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.startsWith(OPEN, i)) {
        depth++;
        i++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean fits =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || c == '_'
              || (i > 0 && ((c >= '0' && c <= '9') || c == '.' || c == '-'));
      if (!fits) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
