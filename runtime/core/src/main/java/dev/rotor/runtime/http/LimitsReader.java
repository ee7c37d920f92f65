package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings.Counts;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import dev.rotor.runtime.key.LimitTold;
import dev.rotor.runtime.key.LimitTold.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What response headers tell of the provider's limits. What cannot be believed is left out: a
 * negative or endless number, a limit of nothing at all, nothing left without a time at which more
 * comes (Azure writes -1 and 0 for "unknown"). Safe for use by many threads.
 */
final class LimitsReader {
  private static final long UNTOLD = Numbers.UNTOLD;

  private final List<Told> limits;
  private final InstantSource clock;

  private record Told(String name, Kind kind, Remaining headers) {}

  LimitsReader(List<Remaining> profile, InstantSource clock) {
    this.limits =
        (profile.isEmpty() ? WaitReader.COMMON : profile)
            .stream()
                .map(it -> new Told(it.remaining().toLowerCase(Locale.ROOT), kind(it.counts()), it))
                .toList();
    this.clock = clock;
  }

  private static Kind kind(Counts counts) {
    return switch (counts) {
      case REQUESTS -> Kind.REQUESTS;
      case TOKENS -> Kind.TOKENS;
      case INPUT_TOKENS -> Kind.INPUT_TOKENS;
      case OUTPUT_TOKENS -> Kind.OUTPUT_TOKENS;
    };
  }

  /** One look at a header for each limit, and no list of its own, where none is told. */
  List<LimitTold> read(Headers headers) {
    @Nullable List<LimitTold> told = null;
    for (int i = 0; i < limits.size(); i++) {
      Told limit = limits.get(i);
      String left = headers.first(limit.headers().remaining());
      if (left != null) {
        told = told == null ? new ArrayList<>(limits.size()) : told;
        if (RateLimitField.isOne(left)) {
          readField(limit, left, header(headers, limit.headers().limit()), told);
        } else {
          readNumbers(limit, left, headers, told);
        }
      }
    }
    return told == null ? List.of() : told;
  }

  private static @Nullable String header(Headers headers, @Nullable String name) {
    return name == null ? null : headers.first(name);
  }

  private void readNumbers(Told limit, String left, Headers headers, List<LimitTold> told) {
    String all = header(headers, limit.headers().limit());
    String reset = headers.first(limit.headers().reset());
    add(
        told,
        limit.name(),
        limit.kind(),
        all == null ? UNTOLD : Numbers.first(all),
        Numbers.first(left),
        reset == null ? UNTOLD : WaitText.parseReset(reset, clock.millis()),
        limit.headers().even());
  }

  private static void readField(
      Told limit, String value, @Nullable String policies, List<LimitTold> told) {
    List<RateLimitField.Item> quotas =
        policies == null ? List.of() : RateLimitField.items(policies);
    for (RateLimitField.Item item : RateLimitField.items(value)) {
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
