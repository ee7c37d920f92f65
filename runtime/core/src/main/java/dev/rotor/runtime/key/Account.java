package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Allowance;
import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.allowance.Quota;
import dev.rotor.runtime.allowance.RateAllowance;
import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.config.Rates;
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

  private static final RateAllowance[] NONE = {};

  private final String name;
  private final Clock clock;
  private final Rest quotaRest;
  private final Map<String, SharedLane> lanes = new ConcurrentHashMap<>();
  private final Map<String, RateAllowance[]> limits = new ConcurrentHashMap<>();
  private final Set<Runnable> onChange = new CopyOnWriteArraySet<>();
  // the API whose settings hold; another one that uses the same secret may not lift them
  private @Nullable String limitedBy;
  // written under the lock only
  private volatile int version;
  private Rates rates;
  private volatile @Nullable Quota quota;
  private volatile @Nullable Account joined;
  private long joinedAt;

  Account(String name, Rates rates, Clock clock) {
    this.name = name;
    this.rates = rates;
    this.clock = clock;
    this.quotaRest = new Rest(clock.nanoTime());
  }

  String name() {
    return name;
  }

  /**
   * Why and for how long all its lanes rest: its quota is used up. The lanes themselves rest, too.
   */
  Rest quotaRest() {
    Account other = joined;
    return other == null ? quotaRest : other.quotaRest;
  }

  /** Rests all lanes. */
  void rest(long untilNanos, String cause) {
    Account other = joined;
    if (other != null) {
      other.rest(untilNanos, cause);
      return;
    }
    // first, so that a lane that is made meanwhile finds it
    quotaRest.until(untilNanos, cause);
    lanes.values().forEach(lane -> lane.rest().until(untilNanos, cause));
    if (joined != null) {
      // meanwhile, and may have passed on the rest of before
      rest(untilNanos, cause);
    }
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
        lane, it -> made(it.isEmpty() ? name : name + "/" + it, rates.of(it), NONE));
  }

  /** The limits of a lane; those of the same kind that it had go on with what was used. */
  private RateAllowance[] made(String of, Rates allowed, RateAllowance[] before) {
    List<RateAllowance> made = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Rate rate = rate(allowed, kind);
      if (rate != null) {
        long said = kind == Kind.REQUESTS ? allowed.burst() : 0;
        long burst = said == 0 ? rate.permits() : said;
        RateAllowance known = ofKind(kind, before);
        if (known == null) {
          known = new RateAllowance(of, kind, rate, allowed.algorithm(), burst, clock);
        } else {
          known.changeTo(rate, allowed.algorithm(), burst);
        }
        made.add(known);
      }
    }
    return made.isEmpty() ? NONE : made.toArray(NONE);
  }

  private static @Nullable Rate rate(Rates allowed, Kind kind) {
    return switch (kind) {
      case REQUESTS -> allowed.requests();
      case TOKENS -> allowed.tokens();
      case INPUT_TOKENS -> allowed.inputTokens();
      case OUTPUT_TOKENS -> allowed.outputTokens();
    };
  }

  private static @Nullable RateAllowance ofKind(Kind kind, RateAllowance[] all) {
    for (RateAllowance each : all) {
      if (each.kind() == kind) {
        return each;
      }
    }
    return null;
  }

  /**
   * Takes other limits and another quota; cool-downs, and what was used of limits and quota, stay.
   * Of several APIs the first that limits it has the say.
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
    limitTo(next);
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

  /** Takes other limits; what was used stays used. */
  synchronized void limitTo(Rates next) {
    if (!rates.equals(next)) {
      rates = next;
      limits.replaceAll(
          (lane, before) -> made(lane.isEmpty() ? name : name + "/" + lane, next.of(lane), before));
      version++;
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

  private void restAsLongAs(Rest known) {
    quotaRest.atLeast(known);
    lanes.values().forEach(lane -> lane.rest().atLeast(known));
  }

  SharedLane lane(String lane) {
    SharedLane known = lanes.get(lane);
    return known != null ? known : madeLane(lane);
  }

  private SharedLane madeLane(String lane) {
    SharedLane made = lanes.computeIfAbsent(lane, it -> new SharedLane(clock.nanoTime()));
    made.rest().atLeast(quotaRest());
    // Asked when the lane can be found: whoever joins meanwhile has either found it or told this.
    if (joined != null) {
      joinLate(lane, made);
    }
    return made;
  }

  private synchronized void joinLate(String lane, SharedLane made) {
    Account other = joined;
    if (other != null) {
      made.join(other.lane(lane), joinedAt);
    }
  }

  /** Whether the provider counts it as the other. */
  boolean isJoinedTo(Account other) {
    return joined == other;
  }

  /**
   * The provider counts it as the other: cool-downs and learned limits are shared from now on. The
   * file's limits and quota stay its own.
   */
  synchronized void join(Account other) {
    if (joined == null) {
      other.restAsLongAs(quotaRest);
    }
    joinedAt = clock.nanoTime();
    joined = other;
    lanes.forEach((lane, shared) -> shared.join(other.lane(lane), joinedAt));
  }
}
