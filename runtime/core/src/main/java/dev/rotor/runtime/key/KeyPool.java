package dev.rotor.runtime.key;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.config.StrategyKind;
import dev.rotor.runtime.config.StrategySettings;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one API, and the calls that wait for one of them. Thread-safe. Keys keep their state
 * by name when the settings change.
 */
public final class KeyPool {

  /** In messages; the others are counted. */
  private static final int MOST_DESCRIBED = 20;

  /** Which keys will do: those of a lane, of a tier, for calls of an urgency. */
  private record Circle(String lane, @Nullable String tier, Urgency urgency) {}

  private final String api;
  private final PoolParts parts;
  private final Clock clock;
  private final Waiters waiters;
  private final Runnable wake = this::wake;

  private volatile Keys keys;
  private volatile boolean countsTokens;

  /** Creates a pool of fresh keys. */
  public KeyPool(ApiSettings settings, PoolParts parts) {
    this.api = settings.name();
    this.parts = parts;
    this.clock = parts.clock();
    this.waiters = new Waiters("apis." + api, clock);
    this.keys = arrange(settings, parts, null);
  }

  /** Takes new settings; a key of the same name goes on as it is, and so does an account. */
  public synchronized void update(ApiSettings settings, PoolParts parts) {
    keys = arrange(settings, parts, keys);
    waiters.wakeAll();
  }

  /** Something that no call has done makes keys usable. */
  private void wake() {
    keys.wakeAll();
    waiters.wakeAll();
  }

  /** One version of the keys. */
  private static final class Keys {
    final StrategySettings strategy;
    final PoolParts parts;
    final Together together;
    final Key[] all;
    final Map<String, Key> byName = new HashMap<>();
    final boolean alike;
    final Lineup plain;
    final Map<String, Lineup> byLane = new ConcurrentHashMap<>();
    final Map<Circle, Lineup> byCircle = new ConcurrentHashMap<>();

    Keys(StrategySettings strategy, PoolParts parts, Together together, Key[] all) {
      this.strategy = strategy;
      this.parts = parts;
      this.together = together;
      this.all = all;
      boolean none = true;
      for (Key key : all) {
        byName.put(key.name(), key);
        key.unseat();
        none &= key.settings().tier() == null && key.settings().urgency() == null;
        if (strategy.kind() == StrategyKind.FASTEST || strategy.ownClass() != null) {
          key.health().measure();
        }
      }
      this.alike = none;
      this.plain = lineup("", null, Urgency.MEDIUM);
    }

    void wakeAll() {
      plain.wakeAll();
      byLane.values().forEach(Lineup::wakeAll);
      byCircle.values().forEach(Lineup::wakeAll);
    }

    Lineup lineup(Need need) {
      if (alike && need.tier() == null) {
        String lane = need.lane();
        if (lane.isEmpty()) {
          return plain;
        }
        Lineup known = byLane.get(lane);
        return known != null
            ? known
            : byLane.computeIfAbsent(lane, it -> lineup(it, null, Urgency.MEDIUM));
      }
      Circle circle = new Circle(need.lane(), need.tier(), need.urgency());
      Lineup known = byCircle.get(circle);
      return known != null
          ? known
          : byCircle.computeIfAbsent(circle, it -> lineup(it.lane(), it.tier(), it.urgency()));
    }

    private Lineup lineup(String lane, @Nullable String tier, Urgency urgency) {
      List<Lane> fitting = new ArrayList<>();
      for (Key key : all) {
        KeySettings it = key.settings();
        boolean urgentEnough = it.urgency() == null || urgency.compareTo(it.urgency()) <= 0;
        boolean ofTier = tier == null ? it.tier() == null : tier.equals(it.tier());
        if (ofTier && urgentEnough && it.serves(lane)) {
          fitting.add(key.lane(lane));
        }
      }
      return new Lineup(fitting.toArray(new Lane[0]), Strategy.of(strategy, parts));
    }
  }

  private Keys arrange(ApiSettings settings, PoolParts with, @Nullable Keys before) {
    Together together = new Together(settings, clock, before == null ? null : before.together);
    Map<String, Key> known = before == null ? Map.of() : before.byName;
    Set<Account> limited = new HashSet<>();
    List<KeySettings> wanted = settings.keys();
    Key[] result = new Key[wanted.size()];
    for (int i = 0; i < result.length; i++) {
      KeySettings it = wanted.get(i);
      Key old = known.get(it.name());
      Account account = account(it, old);
      limit(account, it, wanted, limited, with);
      if (old != null) {
        old.update(it, account, together);
        result[i] = old;
      } else {
        result[i] =
            new Key(
                it,
                account,
                together,
                with.meters().stats("key", api + "/" + it.name()),
                clock,
                waiters::wake,
                new Standing(with.ledger(), api + "/" + it.name()));
      }
    }
    countsTokens =
        settings.limits().countsTokens()
            || wanted.stream()
                .anyMatch(it -> it.limits().countsTokens() || countsTokens(it.quota()));
    return new Keys(settings.strategy(), with, together, result);
  }

  private Account account(KeySettings key, @Nullable Key old) {
    Account named = parts.accounts().named(api, key);
    if (named != null) {
      return named;
    }
    boolean keeps = old != null && old.settings().account() == null;
    return parts
        .accounts()
        .own(
            key,
            keeps ? requireNonNull(old).account() : null,
            keeps ? requireNonNull(old).secret() : null);
  }

  /** One limit for each account: the first that one of its keys says. */
  private void limit(
      Account account,
      KeySettings key,
      List<KeySettings> wanted,
      Set<Account> limited,
      PoolParts with) {
    if (!limited.add(account)) {
      return;
    }
    Rates rates = key.limits();
    QuotaSettings quota = key.quota();
    // the ledger keeps its own meaning for a colon
    String id = api + "/" + (key.account() == null ? key.name() : key.account().replace(':', '_'));
    if (key.account() != null) {
      for (KeySettings other : wanted) {
        if (key.account().equals(other.account())) {
          rates = rates.isEmpty() ? other.limits() : rates;
          quota = quota == null ? other.quota() : quota;
        }
      }
    }
    account.limitTo(rates);
    account.tell(wake);
    account.limitTo(quota, id, with);
  }

  private static boolean countsTokens(@Nullable QuotaSettings quota) {
    return quota != null && (countsTokens(quota.daily()) || countsTokens(quota.monthly()));
  }

  private static boolean countsTokens(QuotaSettings.@Nullable Amounts amounts) {
    return amounts != null
        && (amounts.tokens() != QuotaSettings.Amounts.UNLIMITED
            || amounts.money() != QuotaSettings.Amounts.UNLIMITED);
  }

  /** Takes a usable key's lane for one attempt; null when none is usable now. Never blocks. */
  public @Nullable Lane tryAcquire(Need need, long now) {
    Keys current = keys;
    if (need.key() != null) {
      Key only = current.byName.get(need.key());
      if (only != null) {
        Lane lane = only.lane(need.lane());
        return lane.tryAcquireAsLastResort(need, now) ? lane : null;
      }
    }
    return current.lineup(need).acquire(need, now);
  }

  /**
   * Takes the first key that is switched on and has a credential, whatever its health; null when
   * there is none.
   */
  public @Nullable Lane acquireAnyhow(Need need) {
    for (Key key : keys.all) {
      if ((need.key() == null || need.key().equals(key.name())) && key.enterAnyhow()) {
        return key.lane(need.lane());
      }
    }
    return null;
  }

  /**
   * Whether other calls wait for the same keys already: then a call that may wait lines up, and
   * does not take what the first of them waits for.
   */
  public boolean isWaitedFor(Need need) {
    return waiters.isAnyFor(need);
  }

  /**
   * When a key will be usable.
   *
   * @param nanos until time alone makes the first one usable; {@link Long#MAX_VALUE}: it never does
   * @param busy some key is only busy, and the end of another call makes it usable
   */
  public record Outlook(long nanos, boolean busy) {}

  /** When a key that will do for this will be usable, if none is now. */
  public Outlook outlook(Need need, long now) {
    long first = Long.MAX_VALUE;
    boolean busy = false;
    for (Lane lane : candidates(need)) {
      long wait = lane.usableIn(need, now);
      if (wait == 0) {
        busy = true;
      } else {
        first = Math.min(first, wait);
      }
    }
    return new Outlook(first, busy);
  }

  private List<Lane> candidates(Need need) {
    Keys current = keys;
    Key only = need.key() == null ? null : current.byName.get(need.key());
    if (only != null) {
      return List.of(only.lane(need.lane()));
    }
    Lineup lineup = current.lineup(need);
    List<Lane> lanes = new ArrayList<>(lineup.size());
    for (int place = 0; place < lineup.size(); place++) {
      lanes.add(lineup.lane(place));
    }
    return lanes;
  }

  /** The calls that wait for a key of this pool. */
  public Waiters waiters() {
    return waiters;
  }

  public List<Key> keys() {
    return List.of(keys.all);
  }

  /** Whether some limit counts tokens, so that they are worth an estimate. */
  public boolean countsTokens() {
    return countsTokens;
  }

  /** Takes in what an answer tells of a lane's limits. */
  public void learn(Lane lane, List<LimitTold> told, long takenAt, long now) {
    lane.learn(told, takenAt, now);
    if (!countsTokens) {
      for (LimitTold one : told) {
        if (one.kind() != LimitTold.Kind.REQUESTS) {
          countsTokens = true;
        }
      }
    }
  }

  /**
   * Takes in which account the provider has counted a request for. Keys that the file gives no
   * account share, from then on, what is learned of the account that they are told.
   */
  public void learnAccount(Key key, String told) {
    if (key.settings().account() == null && !key.counted().name().equals(told)) {
      joinAccount(key, told);
    }
  }

  private synchronized void joinAccount(Key key, String told) {
    Keys current = keys;
    if (current.byName.get(key.name()) != key) {
      return;
    }
    Account account = parts.accounts().told(api, told);
    key.join(account);
    keys = new Keys(current.strategy, current.parts, current.together, current.all);
    waiters.wakeAll();
  }

  /** For messages: each key and why it cannot be used, by masked secret only. */
  public String describe(Need need, long now) {
    List<Lane> candidates = candidates(need);
    if (candidates.isEmpty()) {
      return "no key "
          + (need.tier() == null ? "" : "of tier `" + need.tier() + "` ")
          + "serves "
          + (need.lane().isEmpty() ? "such a call" : "lane `" + need.lane() + "`");
    }
    StringBuilder text = new StringBuilder();
    Lane first = null;
    long soonest = Long.MAX_VALUE;
    int described = 0;
    for (Lane lane : candidates) {
      long wait = lane.usableIn(need, now);
      if (wait > 0 && wait < soonest) {
        first = lane;
        soonest = wait;
      }
      if (described++ < MOST_DESCRIBED) {
        text.append(text.isEmpty() ? "" : "; ")
            .append("key ")
            .append(lane.key().name())
            .append(' ')
            .append(lane.whyNot(need, now));
      }
    }
    if (described > MOST_DESCRIBED) {
      text.append("; and ").append(described - MOST_DESCRIBED).append(" more");
    }
    if (first != null) {
      text.append("; the first is usable in ")
          .append(Math.max(1, TimeUnit.NANOSECONDS.toMillis(soonest)))
          .append(" ms (key ")
          .append(first.key().name())
          .append(')');
    }
    return text.toString();
  }
}
