package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Usage} at a profile's pointers; of each list the first that is there counts. Several
 * in one place, {@code /usage/a + /usage/b}, are added up; all but the first may be missing.
 */
final class UsageReader {
  private static final long UNTOLD = Numbers.UNTOLD;

  /** No answer costs more; a misprint would use up whole quotas. */
  private static final long MOST = 1_000_000_000_000L;

  private final List<String> pointers = new ArrayList<>();
  private final List<int[]> inputs;
  private final List<int[]> outputs;
  private final List<int[]> totals;
  private final JsonReader json;
  private final List<byte[]> members;

  UsageReader(ProfileSettings.Usage settings) {
    this.inputs = sums(settings.input());
    this.outputs = sums(settings.output());
    this.totals = sums(settings.total());
    this.json = JsonReader.of(pointers);
    this.members = JsonReader.members(pointers);
  }

  private List<int[]> sums(List<String> places) {
    List<int[]> sums = new ArrayList<>();
    for (String place : places) {
      String[] parts = place.split("\\+", -1);
      int[] sum = new int[parts.length];
      for (int i = 0; i < parts.length; i++) {
        sum[i] = pointers.size();
        pointers.add(parts[i].strip());
      }
      sums.add(sum);
    }
    return List.copyOf(sums);
  }

  /** The names, in quotes, of the document's members below which the pointers lead. */
  List<byte[]> members() {
    return members;
  }

  boolean isEmpty() {
    return pointers.isEmpty();
  }

  /**
   * Reads a body.
   *
   * @param odd is told of what cannot be understood
   */
  @Nullable Usage read(byte[] body, Consumer<Oddity> odd) {
    return read(body, null, odd);
  }

  /**
   * The same for a body that goes on where another ended.
   *
   * @param earlier what that told; it stands for what this one does not tell
   */
  @Nullable Usage read(byte[] body, @Nullable Usage earlier, Consumer<Oddity> odd) {
    if (isEmpty()) {
      return earlier;
    }
    long[] counts = new long[pointers.size()];
    Arrays.fill(counts, UNTOLD);
    Visit visit = new Visit(counts, odd);
    if (!json.read(body, visit)) {
      odd.accept(new Oddity(Oddity.BODY, Oddity.Way.BROKEN));
    }
    long input = first(counts, inputs);
    long output = first(counts, outputs);
    long total = first(counts, totals);
    if (input == UNTOLD && output == UNTOLD && total == UNTOLD) {
      visit.tellStrange();
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

  private final class Visit implements JsonReader.Visitor {
    private final long[] counts;
    private final Consumer<Oddity> odd;
    private int strange = -1;

    Visit(long[] counts, Consumer<Oddity> odd) {
      this.counts = counts;
      this.odd = odd;
    }

    @Override
    public boolean found(int pointer, String value) {
      long count = Numbers.whole(value);
      if (count == UNTOLD) {
        tell(pointer, Numbers.isNegative(value) ? Oddity.Way.NEGATIVE : Oddity.Way.UNREADABLE);
      } else if (count > MOST) {
        tell(pointer, Oddity.Way.HUGE);
        count = UNTOLD;
      }
      counts[pointer] = count;
      return true;
    }

    @Override
    public void strange(int pointer) {
      strange = pointer;
    }

    /** Where nothing was found: other things than a cost may bear the same name. */
    void tellStrange() {
      if (strange >= 0) {
        tell(strange, Oddity.Way.UNREADABLE);
      }
    }

    private void tell(int pointer, Oddity.Way way) {
      odd.accept(Oddity.ofMember(pointers.get(pointer), way));
    }
  }

  private static long first(long[] counts, List<int[]> sums) {
    for (int i = 0; i < sums.size(); i++) {
      int[] sum = sums.get(i);
      long count = counts[sum[0]];
      if (count != UNTOLD) {
        for (int j = 1; j < sum.length; j++) {
          count += Math.max(0, counts[sum[j]]);
        }
        return count;
      }
    }
    return UNTOLD;
  }
}
