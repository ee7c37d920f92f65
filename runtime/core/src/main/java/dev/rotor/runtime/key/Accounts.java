package dev.rotor.runtime.key;

import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.time.Clock;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
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
  private final Map<Secret, WeakReference<Account>> bySecret = new HashMap<>();

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
   * @param before the one that it has had, with another secret perhaps; null: it is new
   * @param former the secret that it has had; null: it is new
   */
  synchronized Account own(
      KeySettings key, @Nullable Account before, @Nullable Secret former) {
    if (former != null && before != null && of(former) == before) {
      bySecret.remove(former);
    }
    Account known = before != null ? before : of(key.secret());
    Account account =
        known != null ? known : new Account("key " + key.name(), key.limits(), clock);
    if (of(key.secret()) == null && !key.secret().isMissing()) {
      bySecret.put(key.secret(), new WeakReference<>(account));
    }
    return account;
  }

  private @Nullable Account of(Secret secret) {
    WeakReference<Account> known = bySecret.get(secret);
    return known == null ? null : known.get();
  }

  /** An account that the provider has told of. */
  Account told(String api, String name) {
    return named.computeIfAbsent(new Named(api, name), it -> new Account(name, Rates.NONE, clock));
  }

  /** Forgets the accounts that no key has any more. */
  public synchronized void sweep() {
    bySecret.values().removeIf(account -> account.get() == null);
  }

  /** Forgets the accounts of an API that is no more. */
  public void forget(String api) {
    named.keySet().removeIf(it -> it.api().equals(api));
  }
}
