package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Allowance;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.BreakerSettings;
import dev.rotor.runtime.config.NamePattern;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all keys of an API have in common: the limits for all of them together, over all lanes and
 * for some, and how their breakers are made. Thread-safe.
 */
final class Together {

  private final Rates rates;
  private final @Nullable BreakerSettings breakerSettings;
  private final Account account;
  private final @Nullable Breakers breakers;

  private Together(ApiSettings settings, Rates rates, Clock clock) {
    this.rates = rates;
    this.breakerSettings = settings.breaker();
    this.account = new Account("API " + settings.name(), rates, clock);
    this.breakers = breakerSettings == null ? null : new Breakers(breakerSettings, clock);
  }

  private Together(ApiSettings settings, Rates rates, Together before, Clock clock) {
    this.rates = rates;
    this.breakerSettings = settings.breaker();
    this.account = before.account;
    this.breakers = breakerSettings == null ? null : new Breakers(breakerSettings, clock);
  }

  /**
   * That of these settings: the same where they say the same. What was used of limits stays used,
   * whatever they allow now.
   */
  static Together of(ApiSettings settings, Rates rates, Clock clock, @Nullable Together before) {
    if (before == null) {
      return new Together(settings, rates, clock);
    }
    before.account.limitTo(rates);
    return before.rates.equals(rates) && Objects.equals(before.breakerSettings, settings.breaker())
        ? before
        : new Together(settings, rates, before, clock);
  }

  @Nullable Breakers breakers() {
    return breakers;
  }

  /** The limits that a lane counts for, after some of its key's own. */
  Allowance[] limits(Allowance[] ofTheKey, String lane) {
    Allowance[] all = with(ofTheKey, account.limits(""));
    if (!lane.isEmpty()) {
      for (String pattern : rates.lanes().keySet()) {
        if (NamePattern.matches(pattern, lane)) {
          return with(all, account.limits(lane));
        }
      }
    }
    return all;
  }

  private static Allowance[] with(Allowance[] some, Allowance[] others) {
    if (others.length == 0) {
      return some;
    }
    Allowance[] all = Arrays.copyOf(some, some.length + others.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    return all;
  }
}
