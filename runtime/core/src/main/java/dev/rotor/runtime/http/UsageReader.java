package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Usage} at a profile's pointers; of each list the first pointer that is there counts.
 */
final class UsageReader {
  private static final long UNTOLD = -1;
  private static final int MOST_DIGITS = 15;

  private final JsonReader json;
  private final int inputs;
  private final int outputs;
  private final int all;
  private final List<byte[]> members;

  UsageReader(ProfileSettings.Usage settings) {
    List<String> pointers = new ArrayList<>(settings.input());
    pointers.addAll(settings.output());
    pointers.addAll(settings.total());
    this.json = JsonReader.of(pointers);
    this.inputs = settings.input().size();
    this.outputs = settings.output().size();
    this.all = pointers.size();
    this.members =
        pointers.stream()
            .map(pointer -> pointer.split("/", 3)[1])
            .distinct()
            .map(name -> ('"' + name + '"').getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /** The names, in quotes, of the document's members below which the pointers lead. */
  List<byte[]> members() {
    return members;
  }

  boolean isEmpty() {
    return all == 0;
  }

  @Nullable Usage read(byte[] body) {
    return read(body, null);
  }

  /**
   * The same for a body that goes on where another ended.
   *
   * @param earlier what that told; it stands for what this one does not tell
   */
  @Nullable Usage read(byte[] body, @Nullable Usage earlier) {
    if (all == 0) {
      return earlier;
    }
    long[] counts = new long[all];
    Arrays.fill(counts, UNTOLD);
    json.read(
        body,
        (pointer, value) -> {
          counts[pointer] = count(value);
          return true;
        });
    long input = first(counts, 0, inputs);
    long output = first(counts, inputs, inputs + outputs);
    long total = first(counts, inputs + outputs, all);
    if (input == UNTOLD && output == UNTOLD && total == UNTOLD) {
      return earlier;
    }
    if (earlier != null) {
      input = input == UNTOLD ? earlier.input() : input;
      output = output == UNTOLD ? earlier.output() : output;
    }
    if (total == UNTOLD && input != UNTOLD && output != UNTOLD) {
      total = input + output;
    }
    return new Usage(input, output, total);
  }

  private static long first(long[] counts, int from, int to) {
    for (int i = from; i < to; i++) {
      if (counts[i] != UNTOLD) {
        return counts[i];
      }
    }
    return UNTOLD;
  }

  private static long count(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return UNTOLD;
    }
    long count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return UNTOLD;
      }
      count = count * 10 + (c - '0');
    }
    return count;
  }
}
