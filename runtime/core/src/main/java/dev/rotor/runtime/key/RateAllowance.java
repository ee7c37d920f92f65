package dev.rotor.runtime.key;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.policy.Meter;
import dev.rotor.runtime.time.Clock;
import java.util.concurrent.TimeUnit;

/** A configured limit of requests or tokens in a time. Thread-safe. */
final class RateAllowance implements Allowance {

  private final String what;
  private final LimitTold.Kind kind;
  private final Rate rate;
  private final Meter meter;

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
  RateAllowance(
      String what, LimitTold.Kind kind, Rate rate, Algorithm algorithm, long burst, Clock clock) {
    this.what = what;
    this.kind = kind;
    this.rate = rate;
    this.meter = Meter.of(algorithm, rate, burst, clock.nanoTime());
  }

  @Override
  public boolean tryTake(Need need, long now) {
    return meter.take(amount(kind, need), now);
  }

  @Override
  public long nanosTo(Need need, long now) {
    return meter.nanosTo(amount(kind, need), now);
  }

  @Override
  public void settle(Need need, Spent spent, long takenAt, long now) {
    meter.settle(amount(kind, need), kind.of(spent, need), takenAt, now);
  }

  @Override
  public double freeShare(long now) {
    return meter.freeShare(now);
  }

  @Override
  public String whyNot(Need need, long now) {
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
  static String time(long nanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
  }
}
