package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The usable key of which something is least. All of a short line are compared; of a long one a few
 * that are far apart and change with the time, which comes near to it: with two at random the
 * longest queue already grows with the logarithm of a logarithm (Mitzenmacher, "The Power of Two
 * Choices in Randomized Load Balancing", 2001).
 */
final class Least implements Strategy {

  private static final int MOST_COMPARED = 16;
  private static final int COMPARED_OF_MORE = 3;

  private final ToLongFunction<Lane> measure;
  private final Turns turns = new Turns();

  Least(ToLongFunction<Lane> measure) {
    this.measure = measure;
  }

  @Override
  public @Nullable Lane acquire(Lineup lineup, Need need, long now) {
    int size = lineup.size();
    int start = turns.next(size);
    int best = size <= MOST_COMPARED ? ofAll(lineup, start) : ofSome(lineup, start, now);
    if (best < 0) {
      return null;
    }
    Lane found = lineup.tryAt(best, need, now);
    if (found != null || size > MOST_COMPARED) {
      return found != null ? found : lineup.firstUsable(0, size, best, need, now);
    }
    return nextBest(lineup, best, need, now);
  }

  /** Equals in turn. */
  private int ofAll(Lineup lineup, int start) {
    int best = -1;
    long least = Long.MAX_VALUE;
    int size = lineup.size();
    for (int i = 0; i < size; i++) {
      int place = start + i < size ? start + i : start + i - size;
      if (lineup.isAwake(place)) {
        long measured = measure.applyAsLong(lineup.lane(place));
        if (measured < least) {
          best = place;
          least = measured;
        }
      }
    }
    return best;
  }

  /**
   * How far apart they are changes with the milliseconds: calls in the same moment look at
   * neighbours, which are in the processor's cache by then.
   */
  private int ofSome(Lineup lineup, int start, long now) {
    int best = -1;
    long least = Long.MAX_VALUE;
    int size = lineup.size();
    // Knuth's multiplicative hash, of which the upper bits are the best
    long mixed = Integer.toUnsignedLong((int) (now >>> 20) * 0x9E3779B9);
    int apart = 1 + (int) ((mixed * (size - 1)) >>> 32);
    int from = start;
    for (int i = 0; i < COMPARED_OF_MORE; i++) {
      int place = lineup.nextAwake(from);
      place = place < 0 ? lineup.nextAwake(0) : place;
      if (place >= 0) {
        long measured = measure.applyAsLong(lineup.lane(place));
        if (measured < least) {
          best = place;
          least = measured;
        }
      }
      from = from + apart < size ? from + apart : from + apart - size;
    }
    return best;
  }

  /** Each round passes over what the rounds before could not get, so that it ends. */
  private @Nullable Lane nextBest(Lineup lineup, int tried, Need need, long now) {
    long passed = 1L << tried;
    for (int round = 1; round < lineup.size(); round++) {
      int best = -1;
      long least = Long.MAX_VALUE;
      for (int place = 0; place < lineup.size(); place++) {
        if ((passed & (1L << place)) == 0 && lineup.isAwake(place)) {
          long measured = measure.applyAsLong(lineup.lane(place));
          if (measured < least) {
            best = place;
            least = measured;
          }
        }
      }
      if (best < 0) {
        return null;
      }
      Lane found = lineup.tryAt(best, need, now);
      if (found != null) {
        return found;
      }
      passed |= 1L << best;
    }
    return null;
  }
}
