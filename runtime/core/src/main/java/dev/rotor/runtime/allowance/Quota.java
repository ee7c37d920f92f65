package dev.rotor.runtime.allowance;

import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.QuotaSettings.Amounts;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.state.Line;
import dev.rotor.runtime.state.Measure;
import dev.rotor.runtime.state.Page;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a key may be used in a day and a month, counted in a page of the ledger. An attempt
 * takes its estimate and is settled by what it cost, at the prices of when it took that: what it
 * cost above its estimate is taken off what comes next. Thread-safe.
 */
public final class Quota implements Allowance {

  private final String name;
  private final Ledger ledger;
  private final Runnable onChange;
  private volatile QuotaPrices prices;
  private volatile int replicas;
  private volatile Page page;

  /**
   * Creates a quota, or goes on with the one of this name.
   *
   * @param name whose it is, such as {@code openai/primary}: its use is kept under this name
   * @param replicas how many processes share it; each has its part, rounded down
   * @param onChange runs, on a thread of the ledger, when a take that failed may work now
   */
  public Quota(
      String name, QuotaSettings settings, int replicas, Ledger ledger, Runnable onChange) {
    this.name = name;
    this.ledger = ledger;
    this.onChange = onChange;
    this.replicas = replicas;
    this.prices = new QuotaPrices(settings.prices(), ledger.nanoTime());
    this.page = ledger.page(name, lines(settings, replicas), onChange);
  }

  /** Takes other settings; what was used stays used. */
  public void update(QuotaSettings settings, int shared) {
    replicas = shared;
    prices = prices.with(settings.prices(), ledger.nanoTime());
    page = ledger.page(name, lines(settings, shared), onChange);
  }

  private static List<Line> lines(QuotaSettings settings, int replicas) {
    if (replicas < 1) {
      throw new IllegalArgumentException("a quota is for 1 process or more, not " + replicas);
    }
    List<Line> lines = new ArrayList<>();
    add(lines, "daily", settings.daily(), QuotaPeriod.Unit.DAY, settings, replicas);
    add(lines, "monthly", settings.monthly(), QuotaPeriod.Unit.MONTH, settings, replicas);
    return lines;
  }

  private static void add(
      List<Line> lines,
      String word,
      @Nullable Amounts amounts,
      QuotaPeriod.Unit unit,
      QuotaSettings settings,
      int replicas) {
    if (amounts == null) {
      return;
    }
    QuotaPeriod period =
        settings.rolling()
            ? new QuotaPeriod.Rolling(unit.rolling())
            : new QuotaPeriod.Calendar(unit, settings.resets(), settings.zone());
    for (Measure measure : Measure.values()) {
      long limit =
          switch (measure) {
            case REQUESTS -> amounts.requests();
            case TOKENS -> amounts.tokens();
            case MONEY -> amounts.money();
          };
      if (limit != Amounts.UNLIMITED) {
        lines.add(new Line(word + "/" + measure.word(), measure, period, limit / replicas));
      }
    }
  }

  @Override
  public boolean tryTake(Need need, long now) {
    return page.tryTake(1, need.tokens(), prices.at(now).estimate(need), now);
  }

  @Override
  public long nanosTo(Need need, long now) {
    long nanos = page.nanosTo(1, need.tokens(), prices.estimate(need), now);
    return nanos == Long.MAX_VALUE ? NOT_BY_TIME : nanos;
  }

  @Override
  public void settle(Need need, Spent spent, long takenAt, long now) {
    QuotaPrices known = prices.at(takenAt);
    page.correct(
        spent.request() ? 0 : -1,
        spent.tokens(need) - need.tokens(),
        known.cost(need, spent) - known.estimate(need),
        takenAt,
        now);
  }

  @Override
  public double freeShare(long now) {
    return page.freeShare(now);
  }

  @Override
  public String whyNot(Need need, long now) {
    long money = prices.estimate(need);
    Line lacking = page.lacking(1, need.tokens(), money, now);
    if (lacking == null) {
      return "waits until more use of its quota is written down";
    }
    String quota = lacking.name().replace('/', ' ') + " quota";
    if (lacking.limit() == 0) {
      return "has less than one of its " + quota + " for each of " + replicas + " replicas";
    }
    long nanos = page.nanosTo(1, need.tokens(), money, now);
    if (nanos == Long.MAX_VALUE) {
      return "has a " + quota + " of " + amount(lacking) + ", less than this call may need";
    }
    Instant reset =
        Instant.ofEpochMilli(ledger.wallTime(now))
            .plus(Duration.ofNanos(nanos))
            .plusMillis(999)
            .truncatedTo(ChronoUnit.SECONDS);
    return "has used up its " + quota + " of " + amount(lacking) + " until " + reset;
  }

  private static String amount(Line line) {
    return line.measure() == Measure.MONEY
        ? BigDecimal.valueOf(line.limit(), 6).stripTrailingZeros().toPlainString()
        : Long.toString(line.limit());
  }
}
