package dev.rotor.runtime.allowance;

import dev.rotor.runtime.config.QuotaSettings.Prices;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What attempts cost, in millionths of the currency, rounded up; and what they cost before, for
 * those that are under way when that changes.
 */
final class QuotaPrices {

  // a sum of money that no quota has, and that still adds up
  private static final double MOST = 1L << 60;
  private static final double BILLIONTHS_IN_A_MILLIONTH = 1000;

  /** No attempt takes longer. */
  private static final long REMEMBERED_NANOS = TimeUnit.DAYS.toNanos(1);

  private final Prices prices;
  private final long since;
  private final @Nullable QuotaPrices before;

  QuotaPrices(Prices prices, long now) {
    this(prices, now, null);
  }

  private QuotaPrices(Prices prices, long since, @Nullable QuotaPrices before) {
    this.prices = prices;
    this.since = since;
    this.before = before;
  }

  /** These from now on. */
  QuotaPrices with(Prices next, long now) {
    return next.equals(prices) ? this : new QuotaPrices(next, now, lately(now));
  }

  private QuotaPrices lately(long now) {
    QuotaPrices older = before;
    boolean last = older == null || now - since > REMEMBERED_NANOS;
    return older == null ? this : new QuotaPrices(prices, since, last ? null : older.lately(now));
  }

  /** Those that held at an instant. */
  QuotaPrices at(long instant) {
    QuotaPrices held = this;
    while (held.before != null && instant - held.since < 0) {
      held = held.before;
    }
    return held;
  }

  long estimate(Need need) {
    return cost(need.inputTokens(), need.outputTokens());
  }

  /** One that was refused is charged its request, since nobody tells whether it is. */
  long cost(Need need, Spent spent) {
    if (!spent.request()) {
      return 0;
    }
    if (spent.total() >= 0 && spent.input() < 0 && spent.output() < 0) {
      // of which kind they were is untold: all of the dearer
      return prices.input() > prices.output() ? cost(spent.total(), 0) : cost(0, spent.total());
    }
    return cost(spent.inputTokens(need), spent.outputTokens(need));
  }

  private long cost(long input, long output) {
    // a double is exact for all that a call can cost, and does not overflow
    double tokens = (double) input * prices.input() + (double) output * prices.output();
    return prices.request() + (long) Math.min(MOST, Math.ceil(tokens / BILLIONTHS_IN_A_MILLIONTH));
  }
}
