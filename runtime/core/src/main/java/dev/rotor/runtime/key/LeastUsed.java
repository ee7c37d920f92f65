package dev.rotor.runtime.key;

import org.jspecify.annotations.Nullable;

/**
 * The usable key with the fewest attempts so far, those under way included. Looks at every key:
 * made for pools of tens.
 */
final class LeastUsed implements Strategy {

  @Override
  public @Nullable Lane acquire(Key[] keys, String lane, long now) {
    // The one with the fewest may not be usable; then the next best is taken. Each round passes
    // over what the rounds before could not get, so that it ends.
    long atLeast = Long.MIN_VALUE;
    int after = -1;
    for (int round = 0; round < keys.length; round++) {
      int best = -1;
      long fewest = Long.MAX_VALUE;
      for (int i = 0; i < keys.length; i++) {
        long used = keys[i].stats().calls() + keys[i].inFlight();
        boolean passedOver = used < atLeast || (used == atLeast && i <= after);
        if (!passedOver && used < fewest) {
          best = i;
          fewest = used;
        }
      }
      if (best < 0) {
        return null;
      }
      Lane candidate = keys[best].lane(lane);
      if (candidate.tryAcquire(now)) {
        return candidate;
      }
      atLeast = fewest;
      after = best;
    }
    return null;
  }
}
