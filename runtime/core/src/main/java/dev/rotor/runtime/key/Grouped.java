package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A usable key of the first group that has one; within a group each in turn. */
final class Grouped implements Strategy {

  // a group of one needs no turns
  private record Group(int from, int to, @Nullable Turns turns) {}

  private final ToIntFunction<Lane> rank;
  private volatile @Nullable List<Group> groups;

  /**
   * Creates a strategy for keys of these ranks.
   *
   * @param rank the lowest is taken first
   */
  Grouped(ToIntFunction<Lane> rank) {
    this.rank = rank;
  }

  @Override
  public Comparator<Lane> order() {
    return Comparator.comparingInt(rank);
  }

  @Override
  public @Nullable Lane acquire(Lineup lineup, Need need, long now) {
    List<Group> all = groups;
    if (all == null) {
      // two threads may both make them, and it does not matter whose stay
      all = groups(lineup);
      groups = all;
    }
    for (int first = lineup.nextAwake(0); first >= 0; ) {
      Group group = all.get(groupOf(all, first));
      int size = group.to() - group.from();
      int start = group.from() + (group.turns() == null ? 0 : group.turns().next(size));
      Lane found = lineup.firstUsable(group.from(), group.to(), start, need, now);
      if (found != null) {
        return found;
      }
      first = lineup.nextAwake(group.to());
    }
    return null;
  }

  private List<Group> groups(Lineup lineup) {
    List<Group> all = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= lineup.size(); to++) {
      if (to == lineup.size()
          || rank.applyAsInt(lineup.lane(to)) != rank.applyAsInt(lineup.lane(from))) {
        all.add(new Group(from, to, to - from == 1 ? null : new Turns()));
        from = to;
      }
    }
    return all;
  }

  private static int groupOf(List<Group> all, int place) {
    int low = 0;
    int high = all.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (place < all.get(middle).to()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
