package dev.rotor.runtime.http;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.config.ProfileSettings.Counts;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What response headers tell of the provider's limits. What cannot be believed is left out: a
 * negative or endless number, a limit of nothing at all, nothing left without a time at which more
 * comes (Azure writes -1 and 0 for "unknown"). Safe for use by many threads.
 */
final class LimitsReader {
  private static final long UNTOLD = Numbers.UNTOLD;

  private final List<Told> limits = new ArrayList<>();
  private final InstantSource clock;

  private record Told(String name, Kind kind, Remaining headers, boolean isResetItsOwn) {}

  LimitsReader(List<Remaining> profile, InstantSource clock) {
    this.clock = clock;
    Set<String> known = new HashSet<>();
    for (Remaining it : profile.isEmpty() ? WaitReader.COMMON : profile) {
      String name = it.remaining().toLowerCase(Locale.ROOT);
      known.add(name);
      boolean isResetItsOwn = known.add(it.reset().toLowerCase(Locale.ROOT));
      limits.add(new Told(name, kind(it.counts()), it, isResetItsOwn));
    }
  }

  private static Kind kind(Counts counts) {
    return switch (counts) {
      case REQUESTS -> Kind.REQUESTS;
      case TOKENS -> Kind.TOKENS;
      case INPUT_TOKENS -> Kind.INPUT_TOKENS;
      case OUTPUT_TOKENS -> Kind.OUTPUT_TOKENS;
    };
  }

  /**
   * One look at a header for each limit, and no list of its own, where none is told.
   *
   * @param odd is told of what cannot be understood
   */
  List<LimitTold> read(Headers headers, Consumer<Oddity> odd) {
    @Nullable List<LimitTold> told = null;
    for (int i = 0; i < limits.size(); i++) {
      Told limit = limits.get(i);
      String left = headers.first(limit.headers().remaining());
      if (left != null) {
        told = told == null ? new ArrayList<>(limits.size()) : told;
        if (RateLimitField.isOne(left)) {
          readField(limit, left, header(headers, limit.headers().limit()), told, odd);
        } else {
          readNumbers(limit, left, headers, told, odd);
        }
      }
    }
    return told == null ? List.of() : told;
  }

  private static @Nullable String header(Headers headers, @Nullable String name) {
    return name == null ? null : headers.first(name);
  }

  private void readNumbers(
      Told limit, String left, Headers headers, List<LimitTold> told, Consumer<Oddity> odd) {
    Remaining names = limit.headers();
    Oddity.ofRepeated(headers, names.remaining(), odd);
    if (names.limit() != null) {
      Oddity.ofRepeated(headers, names.limit(), odd);
    }
    if (limit.isResetItsOwn()) {
      Oddity.ofRepeated(headers, names.reset(), odd);
    }
    String all = header(headers, names.limit());
    String reset = headers.first(names.reset());
    long now = reset == null ? 0 : clock.millis();
    long count = count(names.remaining(), left, odd);
    long whole = all == null || names.limit() == null ? UNTOLD : count(names.limit(), all, odd);
    long resetNanos = reset == null ? UNTOLD : WaitText.parseReset(reset, now);
    if (reset != null
        && (resetNanos == WaitText.UNKNOWN || resetNanos == 0 || resetNanos == WaitText.CAP_NANOS)
        && limit.isResetItsOwn()) {
      tell(names.reset(), WaitText.oddity(reset, now), odd);
    }
    add(told, limit.name(), limit.kind(), whole, count, resetNanos, names.even());
  }

  private static long count(String name, String value, Consumer<Oddity> odd) {
    long count = Numbers.first(value);
    if (count == UNTOLD) {
      tell(name, Numbers.oddity(value), odd);
    }
    return count;
  }

  private static void tell(String name, Oddity.@Nullable Way way, Consumer<Oddity> odd) {
    if (way != null) {
      odd.accept(Oddity.ofHeader(name, way));
    }
  }

  private static void readField(
      Told limit,
      String value,
      @Nullable String policies,
      List<LimitTold> told,
      Consumer<Oddity> odd) {
    List<RateLimitField.Item> quotas =
        policies == null ? List.of() : RateLimitField.items(policies);
    List<RateLimitField.Item> items = RateLimitField.items(value);
    if (!RateLimitField.allTell(items)) {
      tell(limit.headers().remaining(), Oddity.Way.UNREADABLE, odd);
    }
    for (RateLimitField.Item item : items) {
      RateLimitField.@Nullable Item policy = named(quotas, item.name());
      String unit = policy == null ? item.unit() : policy.unit();
      Kind kind = unit == null ? limit.kind() : kind(unit);
      if (kind != null) {
        add(
            told,
            item.name().isEmpty() ? limit.name() : limit.name() + ':' + item.name(),
            kind,
            policy == null ? item.quota() : policy.quota(),
            item.remaining(),
            item.resetSeconds() == 0 ? 0 : WaitText.ofSeconds(item.resetSeconds()),
            limit.headers().even());
      }
    }
  }

  private static RateLimitField.@Nullable Item named(
      List<RateLimitField.Item> policies, String name) {
    for (RateLimitField.Item policy : policies) {
      if (policy.name().equals(name)) {
        return policy;
      }
    }
    return null;
  }

  /** Null: something that nobody here counts, such as bytes. */
  private static @Nullable Kind kind(String unit) {
    return switch (unit) {
      case "requests" -> Kind.REQUESTS;
      case "tokens" -> Kind.TOKENS;
      default -> null;
    };
  }

  private static void add(
      List<LimitTold> told,
      String name,
      Kind kind,
      long limit,
      long left,
      long resetNanos,
      boolean even) {
    boolean never = left == 0 && resetNanos == WaitText.UNKNOWN;
    long remaining = never ? UNTOLD : limit > 0 ? Math.min(left, limit) : left;
    boolean says = limit > 0 || (limit == UNTOLD && remaining != UNTOLD);
    if (says && !isTold(told, name)) {
      told.add(new LimitTold(name, kind, limit, remaining, resetNanos, even));
    }
  }

  private static boolean isTold(List<LimitTold> told, String name) {
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
