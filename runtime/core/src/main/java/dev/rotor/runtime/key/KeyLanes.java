package dev.rotor.runtime.key;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The lanes of a key under one version of limits, quota and breakers. Thread-safe. */
final class KeyLanes {

  private final Key key;
  private final Account account;
  private final Together together;
  private final int version;
  // made when it is asked for: breakers and meters are classes that an empty start need not load
  private volatile @Nullable Lane unnamed;
  private final Map<String, Lane> named = new ConcurrentHashMap<>();

  KeyLanes(Key key, Account account, Together together) {
    this.key = key;
    this.account = account;
    this.together = together;
    this.version = account.version();
  }

  Account account() {
    return account;
  }

  @Nullable Breakers breakers() {
    return together.breakers();
  }

  boolean isOf(Account other, Together others) {
    return account == other && together == others && version == other.version();
  }

  /** The lane of this name; the empty name is the only lane of an API without lanes. */
  Lane of(String name) {
    if (name.isEmpty()) {
      Lane known = unnamed;
      return known != null ? known : makeUnnamed();
    }
    Lane known = named.get(name);
    return known != null ? known : named.computeIfAbsent(name, this::make);
  }

  private synchronized Lane makeUnnamed() {
    Lane known = unnamed;
    if (known == null) {
      known = make("");
      unnamed = known;
    }
    return known;
  }

  private Lane make(String name) {
    return new Lane(
        key,
        name,
        account,
        together.limits(account.limits(name), name),
        account.quota(),
        key.breaker(name, together.breakers()));
  }
}
