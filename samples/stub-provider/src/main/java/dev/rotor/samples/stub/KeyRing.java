package dev.rotor.samples.stub;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys that are accepted, and what is left of their limits. Thread-safe. */
final class KeyRing {
  private final Map<String, KeyState> bySecret = new HashMap<>();
  private final Map<String, KeyState> byName = new LinkedHashMap<>();
  private final Map<String, Limits> limits = new ConcurrentHashMap<>();
  private final boolean sliding;
  private final boolean perModel;

  KeyRing(List<StubKey> keys, boolean sliding, boolean perModel) {
    this.sliding = sliding;
    this.perModel = perModel;
    Map<String, StubKey> accounts = new HashMap<>();
    for (StubKey key : keys) {
      String name = uniqueName(key);
      String account = key.account() == null ? "key " + name : key.account();
      StubKey first = accounts.computeIfAbsent(account, unused -> key);
      KeyState state = new KeyState(name, account, first.requests(), first.tokens(), key.quota());
      if (bySecret.put(key.secret(), state) != null) {
        throw new IllegalArgumentException("key " + name + ": its secret is listed twice");
      }
      byName.put(name, state);
    }
  }

  private String uniqueName(StubKey key) {
    String label = key.label();
    if (!byName.containsKey(label)) {
      return label;
    }
    if (key.name() != null) {
      throw new IllegalArgumentException("two keys are named " + label);
    }
    int number = 2;
    while (byName.containsKey(label + "#" + number)) {
      number++;
    }
    return label + "#" + number;
  }

  @Nullable KeyState find(@Nullable String secret) {
    return secret == null ? null : bySecret.get(secret);
  }

  KeyState named(String name) {
    KeyState state = byName.get(name);
    if (state == null) {
      throw new IllegalArgumentException("no key is named " + name + "; there are " + names());
    }
    return state;
  }

  Iterable<String> names() {
    return byName.keySet();
  }

  Limits limits(KeyState key, String model) {
    String lane = perModel ? key.account() + "\n" + model : key.account();
    return limits.computeIfAbsent(
        lane, unused -> new Limits(key.requests(), key.tokens(), sliding));
  }

  /** As at the start: windows empty, quotas full, all keys enabled. */
  void reset() {
    limits.clear();
    byName.values().forEach(KeyState::reset);
  }
}
