package dev.rotor.runtime.key;

import dev.rotor.runtime.config.QuotaSettings.Prices;

/** What attempts cost, in millionths of the currency, rounded up. */
final class QuotaPrices {

  // a sum of money that no quota has, and that still adds up
  private static final double MOST = 1L << 60;
  private static final double BILLIONTHS_IN_A_MILLIONTH = 1000;

  private final Prices prices;

  QuotaPrices(Prices prices) {
    this.prices = prices;
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
