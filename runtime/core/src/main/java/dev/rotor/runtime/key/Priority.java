package dev.rotor.runtime.key;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The usable key of the highest priority; among equals each in turn. */
final class Priority implements Strategy {

  private static final int MOST_GROUPS = 32;

  // one turn for each group: one turn for all would let a group be asked at odd turns only
  private final RoundRobin[] turns = new RoundRobin[MOST_GROUPS];

  Priority() {
    Arrays.setAll(turns, group -> new RoundRobin());
  }

  @Override
  public Key[] arrange(Key[] keys) {
    Key[] sorted = keys.clone();
    Arrays.sort(sorted, Comparator.comparingInt((Key key) -> key.settings().priority()).reversed());
    return sorted;
  }

  @Override
  public @Nullable Lane acquire(Key[] keys, String lane, long now) {
    int from = 0;
    int group = 0;
    while (from < keys.length) {
      int priority = keys[from].settings().priority();
      int to = from + 1;
      while (to < keys.length && keys[to].settings().priority() == priority) {
        to++;
      }
      Lane found = turns[group].acquire(keys, from, to, lane, now);
      if (found != null) {
        return found;
      }
      from = to;
      group = Math.min(group + 1, MOST_GROUPS - 1);
    }
    return null;
  }
}
