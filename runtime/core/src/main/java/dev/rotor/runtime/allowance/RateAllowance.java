package dev.rotor.runtime.allowance;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.policy.Meter;
import dev.rotor.runtime.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * A configured limit of requests or tokens in a time. It outlives reloads that change how much that
 * is, so that what was used stays used. Thread-safe.
 */
public final class RateAllowance implements Allowance {

  /** What is allowed, and what is used of it as far as it was taken since then. */
  private record Allowed(Rate rate, Algorithm algorithm, long burst, Meter meter, long since) {
    static Allowed nothingUsed(Rate rate, Algorithm algorithm, long burst, long now) {
      return new Allowed(rate, algorithm, burst, Meter.of(algorithm, rate, burst, now), now);
    }

    boolean is(Rate other, Algorithm otherAlgorithm, long otherBurst) {
      return rate.equals(other) && algorithm == otherAlgorithm && burst == otherBurst;
    }

    private long whole() {
      return algorithm == Algorithm.TOKEN_BUCKET ? burst : rate.permits();
    }

    long used(long now) {
      return (long) Math.ceil((1 - meter.freeShare(now)) * whole() - ROUNDING);
    }
  }

  /** Far less than one of a limit, and far more than a double is wrong by. */
  private static final double ROUNDING = 1e-3;

  private final String what;
  private final LimitTold.Kind kind;
  private final Clock clock;
  private volatile Allowed allowed;

  /**
   * Creates a limit of which nothing is used.
   *
   * @param what is limited, for messages, such as {@code requests of account acme}
   */
  RateAllowance(String what, LimitTold.Kind kind, Rate rate, Algorithm algorithm, Clock clock) {
    this(what, kind, rate, algorithm, rate.permits(), clock);
  }

  /**
   * The same.
   *
   * @param burst how much may come at once, of a token bucket
   */
  public RateAllowance(
      String what, LimitTold.Kind kind, Rate rate, Algorithm algorithm, long burst, Clock clock) {
    this.what = what;
    this.kind = kind;
    this.clock = clock;
    this.allowed = Allowed.nothingUsed(rate, algorithm, burst, clock.nanoTime());
  }

  /** What it counts. */
  public LimitTold.Kind kind() {
    return kind;
  }

  /**
   * Allows something else from now on. As much of it is used as was of what was allowed before, and
   * as if just now: it comes back late rather than early.
   */
  public synchronized void changeTo(Rate rate, Algorithm algorithm, long burst) {
    Allowed before = allowed;
    if (before.is(rate, algorithm, burst)) {
      return;
    }
    long now = clock.nanoTime();
    Allowed next = Allowed.nothingUsed(rate, algorithm, burst, now);
    next.meter().settle(0, before.used(now), now, now);
    allowed = next;
  }

  @Override
  public boolean tryTake(Need need, long now) {
    return allowed.meter().take(amount(kind, need), now);
  }

  @Override
  public long nanosTo(Need need, long now) {
    return allowed.meter().nanosTo(amount(kind, need), now);
  }

  @Override
  public void settle(Need need, Spent spent, long takenAt, long now) {
    Allowed known = allowed;
    // what was taken before counts as taken then
    long counted = takenAt - known.since() < 0 ? known.since() : takenAt;
    known.meter().settle(amount(kind, need), kind.of(spent, need), counted, now);
  }

  @Override
  public double freeShare(long now) {
    return allowed.meter().freeShare(now);
  }

  @Override
  public String whyNot(Need need, long now) {
    Rate rate = allowed.rate();
    return "is at its limit (" + what + ": " + rate + ") for " + time(nanosTo(need, now));
  }

  /**
   * What is taken of a limit: where nobody counts tokens, one all the same, so that a limit that is
   * used up holds.
   */
  static long amount(LimitTold.Kind kind, Need need) {
    return Math.max(1, kind.of(need));
  }

  /** A wait as people read it. */
  public static String time(long nanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
  }
}
