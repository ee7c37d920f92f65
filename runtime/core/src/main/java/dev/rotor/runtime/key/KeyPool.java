package dev.rotor.runtime.key;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.config.StrategyKind;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one API, and the calls that wait for one of them. Thread-safe. Keys keep their state
 * by name when the settings change.
 */
public final class KeyPool {

  // the array never leaves this class
  @SuppressWarnings("ArrayRecordComponent")
  private record Keys(StrategyKind kind, Strategy strategy, Key[] arranged) {}

  private final String api;
  private final Clock clock;
  private final EngineMeters meters;
  private final Waiters waiters = new Waiters();

  private volatile Keys keys;

  /** Creates a pool of fresh keys. */
  public KeyPool(ApiSettings settings, EngineMeters meters, Clock clock) {
    this.api = settings.name();
    this.clock = clock;
    this.meters = meters;
    this.keys = arrange(settings, Map.of(), null);
  }

  /** Takes new settings; a key of the same name goes on as it is, and so does an account. */
  public void update(ApiSettings settings) {
    Keys before = keys;
    Map<String, Key> known = new HashMap<>();
    for (Key key : before.arranged()) {
      known.put(key.name(), key);
    }
    keys = arrange(settings, known, before);
    waiters.wakeAll();
  }

  private Keys arrange(ApiSettings settings, Map<String, Key> known, @Nullable Keys before) {
    Map<String, Account> accounts = accounts(settings.keys(), known);
    Breakers breakers = settings.breaker() == null ? null : new Breakers(settings.breaker(), clock);
    List<KeySettings> wanted = settings.keys();
    Key[] result = new Key[wanted.size()];
    for (int i = 0; i < result.length; i++) {
      KeySettings it = wanted.get(i);
      Account account = requireNonNull(accounts.get(accountName(it)));
      Key old = known.get(it.name());
      if (old != null) {
        old.update(it, account, breakers);
        result[i] = old;
      } else {
        result[i] =
            new Key(
                it,
                account,
                breakers,
                meters.stats("key", api + "/" + it.name()),
                clock,
                waiters::wake);
      }
    }
    Strategy strategy =
        before != null && before.kind() == settings.strategy()
            ? before.strategy()
            : Strategy.of(settings.strategy());
    return new Keys(settings.strategy(), strategy, strategy.arrange(result));
  }

  /** One limit for each account: the first that one of its keys says. */
  private Map<String, Account> accounts(List<KeySettings> wanted, Map<String, Key> known) {
    Map<String, @Nullable Rate> rates = new HashMap<>();
    for (KeySettings it : wanted) {
      rates.compute(accountName(it), (name, first) -> first == null ? it.requests() : first);
      rates.putIfAbsent(accountName(it), null);
    }
    Map<String, Account> before = new HashMap<>();
    known.values().forEach(key -> before.put(key.account().name(), key.account()));
    Map<String, Account> accounts = new HashMap<>();
    rates.forEach(
        (name, rate) -> {
          Account old = before.get(name);
          if (old != null) {
            old.requests(rate);
          }
          accounts.put(name, old != null ? old : new Account(name, rate, clock));
        });
    return accounts;
  }

  private static String accountName(KeySettings key) {
    return key.account() == null ? "key " + key.name() : key.account();
  }

  /** Takes a usable key's lane for one attempt; null when none is usable now. Never blocks. */
  public @Nullable Lane tryAcquire(String lane, long now) {
    Keys current = keys;
    return current.arranged().length == 0
        ? null
        : current.strategy().acquire(current.arranged(), lane, now);
  }

  /**
   * Takes the first key that is switched on and has a credential, whatever its health; null when
   * there is none.
   */
  public @Nullable Lane acquireAnyhow(String lane) {
    for (Key key : keys.arranged()) {
      if (key.enterAnyhow()) {
        return key.lane(lane);
      }
    }
    return null;
  }

  /**
   * When a key will be usable.
   *
   * @param nanos until time alone makes the first one usable; {@link Long#MAX_VALUE}: it never does
   * @param busy some key is only busy, and the end of another call makes it usable
   */
  public record Outlook(long nanos, boolean busy) {}

  /** When a key of this lane will be usable, if none is now. */
  public Outlook outlook(String lane, long now) {
    long first = Long.MAX_VALUE;
    boolean busy = false;
    for (Key key : keys.arranged()) {
      long wait = key.lane(lane).usableIn(now);
      if (wait == 0) {
        busy = true;
      } else {
        first = Math.min(first, wait);
      }
    }
    return new Outlook(first, busy);
  }

  /** The calls that wait for a key of this pool. */
  public Waiters waiters() {
    return waiters;
  }

  public List<Key> keys() {
    return List.of(keys.arranged());
  }

  /** For messages: each key and why it cannot be used, by masked secret only. */
  public String describe(String lane, long now) {
    StringBuilder text = new StringBuilder();
    for (Key key : keys.arranged()) {
      text.append(text.isEmpty() ? "" : "; ")
          .append("key ")
          .append(key.name())
          .append(' ')
          .append(key.lane(lane).whyNot(now));
    }
    long first = outlook(lane, now).nanos();
    if (first < Long.MAX_VALUE) {
      text.append("; the first is usable in ")
          .append(Math.max(1, TimeUnit.NANOSECONDS.toMillis(first)))
          .append(" ms");
    }
    return text.toString();
  }
}
