package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Reading;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
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

  private static final int MOST_LANES = 1000;
  private static final int MOST_LANES_OF_KEYS = 200_000;
  private static final int LONGEST_LANE = 200;

  private final String api;
  private final PoolParts parts;
  private final Clock clock;
  private final Waiters waiters;
  private final Runnable wake = this::wake;

  private final Set<String> laneNames = ConcurrentHashMap.newKeySet();
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
    waiters.wake();
  }

  /** Something that no call has done makes keys usable. */
  private void wake() {
    keys.wakeAll();
    waiters.wake();
  }

  private Keys arrange(ApiSettings settings, PoolParts with, @Nullable Keys before) {
    Rates all = with.limits() ? settings.limits() : Rates.NONE;
    Together together = Together.of(settings, all, clock, before == null ? null : before.together);
    Map<String, Key> known = before == null ? Map.of() : before.byName;
    List<KeySettings> wanted = settings.keys();
    Account[] accounts = new Account[wanted.size()];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = account(wanted.get(i), settings, known);
    }
    limit(wanted, accounts, with);
    Key[] result = new Key[wanted.size()];
    for (int i = 0; i < result.length; i++) {
      KeySettings it = wanted.get(i);
      Key old = known.get(it.name());
      if (old != null) {
        old.update(it, accounts[i], together);
        result[i] = old;
      } else {
        result[i] =
            new Key(
                it,
                accounts[i],
                together,
                with.meters().stats("key", api + "/" + it.name()),
                clock,
                waiters::wake,
                new Standing(with.ledger(), api + "/" + it.name()));
      }
    }
    countsTokens =
        all.countsTokens()
            || wanted.stream()
                .anyMatch(it -> it.limits().countsTokens() || countsTokens(it.quota()));
    return new Keys(settings.strategy(), with, together, result);
  }

  private Account account(KeySettings key, ApiSettings settings, Map<String, Key> known) {
    Account named = parts.accounts().named(api, key);
    if (named != null) {
      return named;
    }
    Key old = known.get(key.name());
    if (old == null || old.settings().account() != null) {
      return parts.accounts().own(key, settings.hosts(), null, null);
    }
    boolean apart =
        !old.secret().equals(key.secret())
            && known.values().stream().anyMatch(it -> it != old && it.account() == old.account());
    // two keys had one secret, and now one of them has another
    return apart
        ? parts.accounts().own(key, settings.hosts(), null, null)
        : parts.accounts().own(key, settings.hosts(), old.account(), old.secret());
  }

  /** One limit and one quota for each account: the first that one of its keys says. */
  private void limit(List<KeySettings> wanted, Account[] accounts, PoolParts with) {
    Map<Account, Rates> rates = new HashMap<>();
    Map<Account, QuotaSettings> quotas = new HashMap<>();
    for (int i = 0; i < accounts.length; i++) {
      KeySettings key = wanted.get(i);
      if (with.limits() && !key.limits().isEmpty()) {
        rates.putIfAbsent(accounts[i], key.limits());
      }
      if (key.quota() != null) {
        quotas.putIfAbsent(accounts[i], key.quota());
      }
    }
    for (int i = 0; i < accounts.length; i++) {
      Account account = accounts[i];
      account.tell(wake);
      account.limitTo(
          api,
          rates.getOrDefault(account, Rates.NONE),
          quotas.get(account),
          page(wanted.get(i)),
          with);
    }
  }

  /** The ledger's name for the use of a key, or of an account: no two alike, and no colon. */
  private String page(KeySettings key) {
    return key.account() == null
        ? api + "/" + key.name()
        : api + "/account/" + key.account().replace("%", "%25").replace(":", "%3A");
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
      Lane only = current.pinned(need);
      return only != null && only.tryAcquireAsLastResort(need, now) ? only : null;
    }
    return current.lineup(need).acquire(need, now);
  }

  /** The same, by none of these keys. */
  public @Nullable Lane tryAcquireOther(Need need, List<Key> than, long now) {
    return need.key() != null ? null : keys.lineup(need).acquireOther(need, than, now);
  }

  /**
   * Takes the first key that will do, is switched on and has a credential, whatever its health;
   * null when there is none.
   */
  public @Nullable Lane acquireAnyhow(Need need) {
    for (Key key : keys.all) {
      if (key.fits(need) && key.enterAnyhow()) {
        return key.lane(need.lane());
      }
    }
    return null;
  }

  /**
   * A lane's name as it may be remembered. Names come from requests, and there is no end to those:
   * one too many, or too long, counts for the lane without a name.
   */
  public String laneName(String told) {
    if (laneNames.contains(told)) {
      return told;
    }
    // each key has something of its own in each lane
    int most =
        Math.max(20, Math.min(MOST_LANES, MOST_LANES_OF_KEYS / Math.max(1, keys.all.length)));
    if (told.length() > LONGEST_LANE || laneNames.size() >= most) {
      return "";
    }
    laneNames.add(told);
    return told;
  }

  /** Whether there is a key of this name. */
  public boolean has(String key) {
    return keys.byName.containsKey(key);
  }

  /**
   * Whether other calls wait for the same keys already: then a call that may wait lines up, and
   * does not take what the first of them waits for.
   */
  public boolean isWaitedFor(Need need) {
    return waiters.isAnyFor(need);
  }

  /** Lines up for a key; null when as many calls wait as may. */
  public Waiters.@Nullable Place lineUp(Need need, int most) {
    return waiters.enter(need, most, keys.reserved);
  }

  /**
   * When a key will be usable.
   *
   * @param nanos until time alone makes the first one usable; {@link Long#MAX_VALUE}: it never does
   * @param soonest which one that is
   * @param busy some key is only busy, and the end of another call makes it usable
   * @param usable some key has become usable meanwhile: another look may pay
   */
  public record Outlook(long nanos, @Nullable Lane soonest, boolean busy, boolean usable) {

    static Outlook of(@Nullable Lane only, Need need, long now) {
      if (only == null) {
        return new Outlook(Lane.NOT_BY_TIME, null, false, false);
      }
      long wait = only.usableIn(need, now);
      return wait > 0
          ? new Outlook(wait, only, false, false)
          : new Outlook(Lane.NOT_BY_TIME, null, true, only.isUsable(need, now));
    }
  }

  /** When a key that will do for this will be usable, if none is now. */
  public Outlook outlook(Need need, long now) {
    Keys current = keys;
    return need.key() == null
        ? current.lineup(need).outlook(need, now)
        : Outlook.of(current.pinned(need), need, now);
  }

  /**
   * Before a call is refused: takes a key's lane of whose learned limits enough may be left, if not
   * for sure. Counting on between answers is careful, and it is better to be refused by the
   * provider than by us.
   */
  public @Nullable Lane tryAcquireInDoubt(Need need, long now) {
    for (Lane lane : candidates(need)) {
      if (lane.tryAcquireInDoubt(need, now)) {
        return lane;
      }
    }
    return null;
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

  /**
   * Takes in what an answer tells of a lane's limits.
   *
   * @param need what its attempt has taken; null: nothing
   * @param reading the lane's of when it was taken
   */
  public void learn(
      Lane lane,
      List<LimitTold> told,
      @Nullable Need need,
      @Nullable Reading reading,
      long takenAt,
      long now) {
    lane.learn(told, need, reading, takenAt, now);
    waiters.wake();
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
    if (key.settings().account() == null) {
      Account account = parts.accounts().told(api, told);
      if (account != null && !key.account().isJoinedTo(account)) {
        key.account().join(account);
      }
    }
  }

  /** For messages: each key and why it cannot be used, by masked secret only. */
  public String describe(Need need, Outlook outlook, long now) {
    List<Lane> candidates = candidates(need);
    if (candidates.isEmpty()) {
      return nobodyFits(need);
    }
    StringBuilder text = new StringBuilder();
    for (Lane lane : candidates.subList(0, Math.min(MOST_DESCRIBED, candidates.size()))) {
      text.append(text.isEmpty() ? "" : "; ")
          .append("key ")
          .append(lane.key().name())
          .append(' ')
          .append(lane.whyNot(need, now));
    }
    if (candidates.size() > MOST_DESCRIBED) {
      text.append("; and ").append(candidates.size() - MOST_DESCRIBED).append(" more");
    }
    if (outlook.soonest() != null) {
      text.append("; the first is usable in ")
          .append(Math.max(1, TimeUnit.NANOSECONDS.toMillis(outlook.nanos())))
          .append(" ms (key ")
          .append(outlook.soonest().key().name())
          .append(')');
    }
    return text.toString();
  }

  private List<Lane> candidates(Need need) {
    Keys current = keys;
    if (need.key() != null) {
      Lane only = current.pinned(need);
      return only == null ? List.of() : List.of(only);
    }
    Lineup lineup = current.lineup(need);
    List<Lane> lanes = new ArrayList<>();
    for (int place = 0; place < lineup.size(); place++) {
      lanes.add(lineup.lane(place));
    }
    return lanes;
  }

  private static String nobodyFits(Need need) {
    return "no key "
        + (need.key() == null ? "" : "of the name `" + need.key() + "` ")
        + (need.tier() == null ? "" : "of tier `" + need.tier() + "` ")
        + "serves "
        + (need.lane().isEmpty() ? "such a call" : "lane `" + need.lane() + "`");
  }
}
