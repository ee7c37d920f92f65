package dev.rotor.runtime.key;

import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.NamePattern;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all keys of an API have in common: the limits for all of them together, over all lanes and
 * for some, and how their breakers are made. Thread-safe.
 */
final class Together {

  private static final Account.SharedLane[] NONE = {};

  private final Rates rates;
  private final Account account;
  private final @Nullable Breakers breakers;

  Together(ApiSettings settings, Clock clock, @Nullable Together before) {
    this.rates = settings.limits();
    this.breakers = breakers(settings, clock, before);
    this.account =
        before != null && before.rates.equals(rates)
            ? before.account
            : new Account("API " + settings.name(), rates, clock);
  }

  private static @Nullable Breakers breakers(
      ApiSettings settings, Clock clock, @Nullable Together before) {
    if (settings.breaker() == null) {
      return null;
    }
    Breakers known = before == null ? null : before.breakers;
    return known != null && known.settings().equals(settings.breaker())
        ? known
        : new Breakers(settings.breaker(), clock);
  }

  @Nullable Breakers breakers() {
    return breakers;
  }

  /** The limits that a lane counts for. */
  Account.SharedLane[] lanes(String lane) {
    if (rates.isEmpty()) {
      return NONE;
    }
    List<Account.SharedLane> all = new ArrayList<>();
    all.add(account.lane(""));
    for (Map.Entry<String, Rates> special : rates.lanes().entrySet()) {
      if (!lane.isEmpty() && NamePattern.matches(special.getKey(), lane)) {
        all.add(account.lane(lane));
        break;
      }
    }
    return all.toArray(NONE);
  }
}
