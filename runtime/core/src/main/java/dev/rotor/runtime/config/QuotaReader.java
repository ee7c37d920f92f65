package dev.rotor.runtime.config;

import dev.rotor.runtime.config.QuotaSettings.Amounts;
import dev.rotor.runtime.config.QuotaSettings.Prices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a quota: {@code {daily: 10000, monthly: {tokens: 20M}, resets: "00:00 UTC"}}. */
final class QuotaReader {
  private static final int MONEY_DIGITS = 6;
  private static final int PRICE_DIGITS = 3;
  // a token's price times a call's tokens must stay far within a long
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

  private QuotaReader() {}

  private record Resets(LocalTime time, ZoneId zone) {}

  /** The quota, or null after a mistake that leaves none. */
  static @Nullable QuotaSettings read(Setting setting) {
    Section section = setting.section();
    if (section == null) {
      return null;
    }
    Amounts daily = amounts(section.get("daily"));
    Amounts monthly = amounts(section.get("monthly"));
    Resets resets = section.parse("resets", QuotaReader::resets);
    boolean rolling = section.flag("rolling", false);
    Prices prices = prices(section);
    section.done();
    if (rolling) {
      section.mistakeAt("resets", "goes with calendar days and months only, not with `rolling`");
    }
    if (!section.has("daily") && !section.has("monthly")) {
      section.mistake("limits nothing; write `daily: 10000`, `monthly: 200000` or both");
    }
    if ((limitsMoney(daily) || limitsMoney(monthly)) && prices.equals(Prices.NONE)) {
      section.mistake(
          "limits money, so it needs `prices`; write what a million tokens and a request cost, such"
              + " as `prices: {input: 2.50, output: 10, request: 0}`");
    }
    if (daily == null && monthly == null) {
      return null;
    }
    return new QuotaSettings(
        daily,
        monthly,
        resets == null ? QuotaSettings.MIDNIGHT : resets.time(),
        resets == null ? QuotaSettings.UTC : resets.zone(),
        rolling,
        prices);
  }

  private static boolean limitsMoney(@Nullable Amounts amounts) {
    return amounts != null && amounts.money() != Amounts.UNLIMITED;
  }

  /** A number of requests, or amounts by name. */
  private static @Nullable Amounts amounts(@Nullable Setting setting) {
    if (setting == null) {
      return null;
    }
    if (setting.isText()) {
      Long requests = setting.parse(QuotaReader::count);
      return requests == null ? null : new Amounts(requests, Amounts.UNLIMITED, Amounts.UNLIMITED);
    }
    Section section = setting.section();
    if (section == null) {
      return null;
    }
    Long requests = section.parse("requests", QuotaReader::count);
    Long tokens = section.parse("tokens", QuotaReader::count);
    Long money = section.parse("money", QuotaReader::money);
    section.done();
    if (!section.has("requests") && !section.has("tokens") && !section.has("money")) {
      section.mistake("limits nothing; write `requests`, `tokens` or `money`");
    }
    return requests == null && tokens == null && money == null
        ? null
        : new Amounts(unlimited(requests), unlimited(tokens), unlimited(money));
  }

  private static long unlimited(@Nullable Long amount) {
    return amount == null ? Amounts.UNLIMITED : amount;
  }

  private static Prices prices(Section quota) {
    Section section = PolicyReader.subsection(quota, "prices");
    if (section == null) {
      return Prices.NONE;
    }
    Long input = section.parse("input", text -> price(text, PRICE_DIGITS));
    Long output = section.parse("output", text -> price(text, PRICE_DIGITS));
    Long request = section.parse("request", text -> price(text, MONEY_DIGITS));
    section.done();
    return new Prices(zero(input), zero(output), zero(request));
  }

  private static long zero(@Nullable Long price) {
    return price == null ? 0 : price;
  }

  /** {@code 10000}, {@code 200k}, {@code 1.5M}: a whole number above zero. */
  private static long count(String text) {
    BigDecimal number = decimal(text, "is not a number; write one as `10000`, `200k` or `1.5M`");
    BigDecimal whole = number.stripTrailingZeros();
    if (whole.signum() <= 0 || whole.scale() > 0) {
      throw new MalformedTextException(text, "must be a whole number above zero");
    }
    return whole.longValueExact();
  }

  private static long money(String text) {
    BigDecimal amount = decimal(text, "is not an amount of money; write one as `12.50` or `2k`");
    if (amount.signum() <= 0) {
      throw new MalformedTextException(text, "must be above zero");
    }
    // down: a quota may come out smaller, never larger
    long millionths =
        amount.movePointRight(MONEY_DIGITS).setScale(0, RoundingMode.DOWN).longValueExact();
    if (millionths == 0) {
      throw new MalformedTextException(text, "is too small; the least is `0.000001`");
    }
    return millionths;
  }

  private static long price(String text, int digits) {
    BigDecimal price = decimal(text, "is not a price; write one as `2.50`");
    if (price.signum() < 0) {
      throw new MalformedTextException(text, "must not be below zero");
    }
    return price.movePointRight(digits).setScale(0, RoundingMode.UP).longValueExact();
  }

  private static BigDecimal decimal(String text, String problem) {
    int power = text.endsWith("k") ? 3 : text.endsWith("M") ? 6 : 0;
    String digits = power == 0 ? text : text.substring(0, text.length() - 1).trim();
    if (!Shares.isDecimal(digits)) {
      throw new MalformedTextException(text, problem);
    }
    BigDecimal number = new BigDecimal(digits).movePointRight(power);
    if (number.compareTo(MOST) > 0) {
      throw new MalformedTextException(text, "is too large; the most is `1000000M`");
    }
    return number;
  }

  /** {@code 00:00 America/Los_Angeles}; without a zone it is UTC's. */
  private static Resets resets(String text) {
    String[] parts = text.split("\\s+", 2);
    return new Resets(time(text, parts[0]), zone(text, parts.length == 1 ? "UTC" : parts[1]));
  }

  private static LocalTime time(String text, String time) {
    try {
      return LocalTime.parse(time.length() == 4 ? "0" + time : time);
    } catch (DateTimeException notOne) {
      throw new MalformedTextException(
          text, "is not a time of day with its zone; write one as `00:00 America/Los_Angeles`");
    }
  }

  private static ZoneId zone(String text, String zone) {
    if (zone.equals("UTC")) {
      return QuotaSettings.UTC;
    }
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException notOne) {
      String nearest = NearestName.of(zone, new TreeSet<>(ZoneId.getAvailableZoneIds()));
      throw new MalformedTextException(
          text,
          "names no time zone; write one as `UTC` or `America/Los_Angeles`"
              + (nearest == null ? "" : "; did you mean `" + nearest + "`?"));
    }
  }
}
