package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A key at random by its score, among the better half. Scores change slowly and there may be
 * thousands, so they are looked at now and then, and many calls draw from one {@link Table};
 * whether a key that was drawn is usable is asked at each call.
 *
 * <p>Of many keys chance has a say only in part: the columns of the table take turns, and what is
 * drawn is which of a column's two keys it is. Each has the same chance as before; all are drawn
 * more evenly, and what is looked at next lies next to it in memory.
 */
final class Drawn implements Strategy {

  /** How good a lane is now; not negative. */
  @FunctionalInterface
  interface Score {
    double of(Lane lane, long now);
  }

  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Of so many keys a table is made by the caller; of more, elsewhere, and the old one serves. */
  private static final int SHORT = 64;

  private static final int DRAWS = 3;

  private final Score score;
  private final PoolParts parts;
  private final Turns turns = new Turns();
  private final AtomicBoolean making = new AtomicBoolean();
  private volatile @Nullable Table table;

  Drawn(Score score, PoolParts parts) {
    this.score = score;
    this.parts = parts;
  }

  @Override
  public @Nullable Lane acquire(Lineup lineup, Need need, long now) {
    Table current = table;
    if (current == null || now - current.staleAt >= 0) {
      current = fresh(lineup, current, now);
    }
    int place = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      place = draw(current.chances, lineup.size());
      Lane found = lineup.tryAt(place, need, now);
      if (found != null) {
        return found;
      }
    }
    // too many of them rest: whoever comes next makes a better table
    current.staleAt = now;
    return lineup.firstUsable(0, lineup.size(), place, need, now);
  }

  private int draw(AliasTable chances, int size) {
    double random = parts.random().getAsDouble();
    return size <= SHORT ? chances.draw(random) : chances.draw(turns.next(size), random);
  }

  private Table fresh(Lineup lineup, @Nullable Table old, long now) {
    if (old == null) {
      Table first = make(lineup, now);
      table = first;
      return first;
    }
    if (making.compareAndSet(false, true)) {
      if (lineup.size() <= SHORT) {
        remake(lineup, now);
      } else {
        parts.background().execute(() -> remake(lineup, now));
      }
    }
    Table made = table;
    return made == null ? old : made;
  }

  private void remake(Lineup lineup, long now) {
    try {
      table = make(lineup, now);
    } finally {
      making.set(false);
    }
  }

  private Table make(Lineup lineup, long now) {
    int size = lineup.size();
    double[] scores = new double[size];
    double[] sorted = new double[size];
    int awake = 0;
    for (int place = 0; place < size; place++) {
      if (lineup.isAwake(place) && lineup.lane(place).usableIn(Need.ONE, now) == 0) {
        scores[place] = score.of(lineup.lane(place), now);
        sorted[awake++] = scores[place];
      } else {
        scores[place] = -1;
      }
    }
    Arrays.sort(sorted, 0, awake);
    double least = awake == 0 ? 0 : sorted[awake / 2];
    // the others have no chance; where all rest, all are equal, and whoever wakes first is found by
    // looking on
    double[] chances = new double[size];
    for (int place = 0; place < size; place++) {
      if (scores[place] >= 0 && scores[place] >= least) {
        chances[place] = scores[place] * lineup.lane(place).key().settings().weight();
      }
    }
    long staleAt = now + FRESH_NANOS * Math.max(1, size / SHORT);
    return new Table(new AliasTable(chances), staleAt);
  }

  private static final class Table {
    final AliasTable chances;
    // only ever earlier; a thread that does not see it at once asks a resting key once more
    volatile long staleAt;

    Table(AliasTable chances, long staleAt) {
      this.chances = chances;
      this.staleAt = staleAt;
    }
  }
}
