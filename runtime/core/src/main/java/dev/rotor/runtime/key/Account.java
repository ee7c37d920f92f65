package dev.rotor.runtime.key;

import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.key.LimitTold.Kind;
import dev.rotor.runtime.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * What a provider counts for: the limits, the quota and the cool-downs that all keys of one account
 * share, by lane. A key that names no account has one of its own. Thread-safe.
 */
final class Account {

  private static final Allowance[] NONE = {};

  private final String name;
  private final Clock clock;
  private final Rest quotaRest;
  private final Map<String, SharedLane> lanes = new ConcurrentHashMap<>();
  private final Map<String, Allowance[]> limits = new ConcurrentHashMap<>();
  private final Set<Runnable> onChange = new CopyOnWriteArraySet<>();
  // the API whose settings hold; another one that uses the same secret may not lift them
  private @Nullable String limitedBy;
  // written under the lock only
  private volatile int version;
  private Rates rates;
  private volatile @Nullable Quota quota;
  private volatile @Nullable Account joined;

  Account(String name, Rates rates, Clock clock) {
    this.name = name;
    this.rates = rates;
    this.clock = clock;
    this.quotaRest = new Rest(clock.nanoTime());
  }

  String name() {
    return name;
  }

  /** The rest of the whole account, all lanes: its quota is used up. */
  Rest quotaRest() {
    Account other = joined;
    return other == null ? quotaRest : other.quotaRest;
  }

  /** Another one wherever lanes take from other limits, or from another quota, than before. */
  int version() {
    return version;
  }

  /** What of it may be used in a day and a month; null: as much as one likes. */
  @Nullable Quota quota() {
    return quota;
  }

  /** What the file allows in a lane; the array is not changed. */
  synchronized Allowance[] limits(String lane) {
    return limits.computeIfAbsent(
        lane, it -> made(it.isEmpty() ? name : name + "/" + it, rates.of(it)));
  }

  private Allowance[] made(String of, Rates allowed) {
    List<Allowance> made = new ArrayList<>();
    add(made, of, Kind.REQUESTS, allowed.requests(), allowed.burst(), allowed);
    add(made, of, Kind.TOKENS, allowed.tokens(), 0, allowed);
    add(made, of, Kind.INPUT_TOKENS, allowed.inputTokens(), 0, allowed);
    add(made, of, Kind.OUTPUT_TOKENS, allowed.outputTokens(), 0, allowed);
    return made.isEmpty() ? NONE : made.toArray(NONE);
  }

  private void add(
      List<Allowance> made, String of, Kind kind, @Nullable Rate rate, long burst, Rates all) {
    if (rate != null) {
      made.add(
          burst == 0
              ? new RateAllowance(of, kind, rate, all.algorithm(), clock)
              : new RateAllowance(of, kind, rate, all.algorithm(), burst, clock));
    }
  }

  /**
   * Takes other limits, with all that they allow, and another quota; cool-downs and what was used
   * of a quota stay. Of several APIs the first that limits it has the say.
   *
   * @param id under which the use of the quota is counted
   */
  synchronized void limitTo(
      String api, Rates next, @Nullable QuotaSettings nextQuota, String id, PoolParts parts) {
    boolean says = !next.isEmpty() || nextQuota != null;
    if (limitedBy != null && !limitedBy.equals(api)) {
      return;
    }
    limitedBy = says ? api : null;
    if (!rates.equals(next)) {
      rates = next;
      limits.clear();
      version++;
    }
    Quota known = quota;
    if ((nextQuota == null) != (known == null)) {
      version++;
    }
    if (nextQuota == null) {
      quota = null;
    } else if (known == null) {
      quota = new Quota(id, nextQuota, parts.replicas(), parts.ledger(), this::changed);
    } else {
      known.update(nextQuota, parts.replicas());
    }
  }

  /** The API is no more, and has no say either. */
  synchronized void forget(String api) {
    if (api.equals(limitedBy)) {
      limitedBy = null;
    }
  }

  /** Has a pool told when more of the quota can be taken. */
  void tell(Runnable pool) {
    onChange.add(pool);
  }

  private void changed() {
    onChange.forEach(Runnable::run);
  }

  SharedLane lane(String lane) {
    SharedLane known = lanes.get(lane);
    return known != null ? known : lanes.computeIfAbsent(lane, this::madeLane);
  }

  private SharedLane madeLane(String lane) {
    SharedLane made = new SharedLane(new Rest(clock.nanoTime()));
    Account other = joined;
    if (other != null) {
      made.join(other.lane(lane));
    }
    return made;
  }

  /** Whether the provider counts it as the other. */
  boolean isJoinedTo(Account other) {
    return joined == other;
  }

  /**
   * The provider counts it as the other: cool-downs and learned limits are shared from now on, also
   * for attempts under way. The file's limits and quota stay its own.
   */
  synchronized void join(Account other) {
    other.quotaRest.atLeast(quotaRest());
    joined = other;
    lanes.forEach((lane, shared) -> shared.join(other.lane(lane)));
  }
}
