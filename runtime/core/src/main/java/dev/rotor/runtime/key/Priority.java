package dev.rotor.runtime.key;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The usable key of the highest priority; among equals each in turn. */
final class Priority implements Strategy {

  private final RoundRobin equals = new RoundRobin();

  @Override
  public Key[] arrange(Key[] keys) {
    Key[] sorted = keys.clone();
    Arrays.sort(sorted, Comparator.comparingInt((Key key) -> key.settings().priority()).reversed());
    return sorted;
  }

  @Override
  public @Nullable Lane acquire(Key[] keys, String lane, long now) {
    int from = 0;
    while (from < keys.length) {
      int priority = keys[from].settings().priority();
      int to = from + 1;
      while (to < keys.length && keys[to].settings().priority() == priority) {
        to++;
      }
      Lane found = equals.acquire(keys, from, to, lane, now);
      if (found != null) {
        return found;
      }
      from = to;
    }
    return null;
  }
}
