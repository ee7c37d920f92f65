package dev.rotor.runtime.key;

import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.time.Clock;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of an engine: those that an API's keys name, and for each other key one of its own,
 * which goes with its secret, so that one secret used by two APIs shares its state. Thread-safe.
 */
public final class Accounts {

  private record Named(String api, String name) {}

  private final Clock clock;
  private final Map<Named, Account> named = new ConcurrentHashMap<>();
  // an account lives for as long as a key has it
  private final Map<Account, Secret> bySecret = new WeakHashMap<>();

  public Accounts(Clock clock) {
    this.clock = clock;
  }

  /** The account that a key names, or null. */
  @Nullable Account named(String api, KeySettings key) {
    String name = key.account();
    return name == null
        ? null
        : named.computeIfAbsent(new Named(api, name), it -> new Account(name, key.limits(), clock));
  }

  /**
   * The account of a key that names none.
   *
   * @param before the one that it has had; null: it is new
   */
  synchronized Account own(KeySettings key, @Nullable Account before) {
    if (before != null) {
      bySecret.put(before, key.secret());
      return before;
    }
    if (!key.secret().isMissing()) {
      for (Map.Entry<Account, Secret> known : bySecret.entrySet()) {
        if (known.getValue().equals(key.secret())) {
          return known.getKey();
        }
      }
    }
    Account account = new Account("key " + key.name(), key.limits(), clock);
    bySecret.put(account, key.secret());
    return account;
  }

  /** An account that the provider has told of. */
  Account told(String api, String name) {
    return named.computeIfAbsent(new Named(api, name), it -> new Account(name, Rates.NONE, clock));
  }

  /** Forgets the accounts of an API that is no more. */
  public void forget(String api) {
    named.keySet().removeIf(it -> it.api().equals(api));
  }
}
