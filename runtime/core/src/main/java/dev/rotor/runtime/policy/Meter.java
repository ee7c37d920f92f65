package dev.rotor.runtime.policy;

import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import java.time.Duration;

/**
 * Counts what is used of a rate. Thread-safe; never blocks; told the time by a caller who has just
 * read it, since reading a clock costs as much as taking a permit.
 *
 * <p>An amount that is larger than the whole counts as the whole, so that nothing waits for ever;
 * none or less than none counts as none, and is always there.
 *
 * <p>Instants are of one monotonic clock. Threads may come late with theirs, since they wait for a
 * processor; a clock that is put back costs a second, or one period of the rate, at most.
 */
public sealed interface Meter permits TokenBucket, Window {

  /** A reading that is older than the newest by more than this is of a clock that was put back. */
  long LATE_NANOS = 1_000_000_000L;

  /** A meter of which nothing is used. */
  static Meter of(LimitSettings settings, long now) {
    return of(settings.algorithm(), settings.rate(), settings.burst(), now);
  }

  /**
   * The same, of which nothing is used.
   *
   * @param burst how much may come at once; for {@link Algorithm#TOKEN_BUCKET} only
   */
  static Meter of(Algorithm algorithm, Rate rate, long burst, long now) {
    return switch (algorithm) {
      case TOKEN_BUCKET -> new TokenBucket(rate, burst, now);
      case SLIDING_WINDOW -> Window.sliding(rate, now);
      case FIXED_WINDOW -> Window.fixed(rate, now);
    };
  }

  /** The time of a rate; eight years where it is longer, which leaves room to count with. */
  static long nanosPer(Rate rate) {
    Duration most = Duration.ofNanos(1L << 58);
    return (rate.per().compareTo(most) > 0 ? most : rate.per()).toNanos();
  }

  /** Takes an amount that is there now, all or nothing. */
  boolean take(long amount, long now);

  /**
   * Nanoseconds until time alone makes {@link #take} work, if nobody else takes: not a nanosecond
   * before, and then it does. 0: it would work now.
   */
  long nanosTo(long amount, long now);

  /**
   * Takes an amount as soon as it is there, behind those who did so before.
   *
   * @param most how many nanoseconds that may be from now
   * @return nanoseconds until it is there, 0 for now; or -1: later than {@code most}, nothing was
   *     taken
   */
  long reserve(long amount, long now, long most);

  /**
   * Puts {@code cost} in the place of {@code taken}, which was taken at {@code takenAt}. What was
   * taken so long ago that it counts no more is left as it is.
   */
  void settle(long taken, long cost, long takenAt, long now);

  /** What is left, as a share of the whole, from 0 to 1. */
  double freeShare(long now);
}
