package dev.rotor.runtime.config;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How much of a key may be used in a day and in a month.
 *
 * @param daily null: as much as one likes
 * @param monthly likewise
 * @param resets the time of day at which days and months begin; of no meaning when it is rolling
 * @param zone where it is that time
 * @param rolling whether the last 24 hours and 30 days count, rather than calendar days and months
 * @param prices what use costs, for amounts of money
 */
public record QuotaSettings(
    @Nullable Amounts daily,
    @Nullable Amounts monthly,
    LocalTime resets,
    ZoneId zone,
    boolean rolling,
    Prices prices) {

  static final LocalTime MIDNIGHT = LocalTime.MIDNIGHT;
  static final ZoneId UTC = ZoneOffset.UTC;

  /**
   * How much is allowed of each; money in millionths.
   *
   * @param requests {@link #UNLIMITED}: as many as one likes; so are the others
   */
  public record Amounts(long requests, long tokens, long money) {
    public static final long UNLIMITED = Long.MAX_VALUE;

    public Amounts {
      if (requests <= 0 || tokens <= 0 || money <= 0) {
        throw new IllegalArgumentException("a quota is above zero");
      }
    }
  }

  /**
   * What use costs.
   *
   * @param input of a token, in billionths of the currency: 2.50 for a million is 2500 for one
   * @param output likewise
   * @param request of a request, in millionths
   */
  public record Prices(long input, long output, long request) {
    public static final Prices NONE = new Prices(0, 0, 0);

    public Prices {
      if (input < 0 || output < 0 || request < 0) {
        throw new IllegalArgumentException("a price is not below zero");
      }
    }
  }

  public QuotaSettings {
    if (daily == null && monthly == null) {
      throw new IllegalArgumentException("a quota is daily, monthly or both");
    }
  }
}
