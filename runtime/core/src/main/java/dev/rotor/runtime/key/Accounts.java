package dev.rotor.runtime.key;

import dev.rotor.runtime.config.HostPattern;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.time.Clock;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of an engine: those that an API's keys name, and for each other key one of its own,
 * which goes with its secret, so that one secret used by two APIs of a provider shares its state.
 * Thread-safe.
 */
public final class Accounts {

  /** Names come from answers, and there is no end to those. */
  private static final int MOST_NAMED = 10_000;

  private static final int LONGEST_NAME = 200;

  private record Used(List<HostPattern> hosts, WeakReference<Account> account) {
    void forget(String api) {
      Account known = account.get();
      if (known != null) {
        known.forget(api);
      }
    }

    boolean isAt(List<HostPattern> others) {
      return account.get() != null
          && hosts.stream().anyMatch(own -> others.stream().anyMatch(own::overlaps));
    }
  }

  private final Clock clock;
  private final Map<String, Account> named = new ConcurrentHashMap<>();
  // an account lives for as long as a key has it
  private final Map<Secret, List<Used>> bySecret = new HashMap<>();

  public Accounts(Clock clock) {
    this.clock = clock;
  }

  /** The account that a key names, or null. */
  @Nullable Account named(String api, KeySettings key) {
    String name = key.account();
    return name == null
        ? null
        : named.computeIfAbsent(id(api, name), it -> new Account(name, key.limits(), clock));
  }

  /**
   * The account of a key that names none.
   *
   * @param hosts of its API
   * @param before the one that it has had, with another secret perhaps; null: it is new
   * @param former the secret that it has had; null: it is new
   */
  synchronized Account own(
      KeySettings key, List<HostPattern> hosts, @Nullable Account before, @Nullable Secret former) {
    if (before != null && former != null && !former.equals(key.secret())) {
      of(former).removeIf(used -> used.account().get() == before);
    }
    Account known = before != null ? before : find(key.secret(), hosts);
    Account account = known != null ? known : new Account("key " + key.name(), key.limits(), clock);
    if (!key.secret().isMissing() && find(key.secret(), hosts) != account) {
      bySecret
          .computeIfAbsent(key.secret(), it -> new ArrayList<>())
          .add(new Used(hosts, new WeakReference<>(account)));
    }
    return account;
  }

  private List<Used> of(Secret secret) {
    List<Used> known = bySecret.get(secret);
    return known == null ? new ArrayList<>() : known;
  }

  /** Of the same provider: elsewhere the same text is another credential. */
  private @Nullable Account find(Secret secret, List<HostPattern> hosts) {
    for (Used used : of(secret)) {
      if (used.isAt(hosts)) {
        return used.account().get();
      }
    }
    return null;
  }

  /** An account that the provider has told of; null: too many of them, to be remembered. */
  @Nullable Account told(String api, String name) {
    String id = id(api, name);
    Account known = named.get(id);
    if (known != null || named.size() >= MOST_NAMED || name.length() > LONGEST_NAME) {
      return known;
    }
    return named.computeIfAbsent(id, it -> new Account(name, Rates.NONE, clock));
  }

  /** Forgets the accounts that no key has any more. */
  public synchronized void sweep() {
    bySecret.values().forEach(all -> all.removeIf(used -> used.account().get() == null));
    bySecret.values().removeIf(List::isEmpty);
  }

  /** A name of an API has no slash. */
  private static String id(String api, String name) {
    return api + '/' + name;
  }

  /** Forgets the accounts of an API that is no more. */
  public synchronized void forget(String api) {
    bySecret.values().forEach(all -> all.forEach(used -> used.forget(api)));
    named.keySet().removeIf(it -> it.startsWith(id(api, "")));
  }
}
