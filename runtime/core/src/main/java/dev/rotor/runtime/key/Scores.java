package dev.rotor.runtime.key;

/**
 * How good a key is to take next; what is higher is better. The formulas stand in {@code
 * docs/strategies}.
 */
final class Scores {

  private Scores() {}

  /**
   * {@code (0.4 x free share of the rate limit + 0.4 x free share of the quota + 0.2 x (1 -
   * errors/10)) x priority}.
   */
  static double capacity(Lane lane, long now) {
    double errors = Math.min(10, lane.key().health().errors());
    return (0.4 * lane.freeShareOfLimits(now)
            + 0.4 * lane.freeShareOfQuota(now)
            + 0.2 * (1 - errors / 10))
        * lane.key().settings().priority();
  }

  /** {@code 0.6 x capacity + 0.4 x performance}. */
  static double overall(Lane lane, long now) {
    return 0.6 * capacity(lane, now) + 0.4 * lane.key().health().performance(now);
  }
}
