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
 * What a provider counts for: the cool-downs and limits that all keys of one account share, by
 * lane. A key that names no account has one of its own. Thread-safe.
 */
final class Account {

  private static final Allowance[] NONE = {};

  /** What the keys of an account share of one lane. */
  static final class SharedLane {
    private final Rest rest;
    private volatile Allowance[] limits;
    private volatile @Nullable LearnedAllowance learned;

    private SharedLane(Rest rest, Allowance[] limits) {
      this.rest = rest;
      this.limits = limits;
    }

    Rest rest() {
      return rest;
    }

    /** What the file allows; the array is not changed. */
    Allowance[] limits() {
      return limits;
    }

    /** What the provider has told of; null: nothing yet. */
    @Nullable LearnedAllowance learned() {
      return learned;
    }

    /** Takes in what an answer tells of this lane. */
    void learn(List<LimitTold> told, long takenAt, long now) {
      LearnedAllowance known = learned;
      if (known == null) {
        known = firstLearned();
      }
      known.learn(told, takenAt, now);
    }

    private synchronized LearnedAllowance firstLearned() {
      LearnedAllowance known = learned;
      if (known == null) {
        known = new LearnedAllowance();
        learned = known;
      }
      return known;
    }
  }

  private final String name;
  private final Clock clock;
  private final Rest quotaRest;
  private final Map<String, SharedLane> lanes = new ConcurrentHashMap<>();
  private volatile Rates rates;
  private volatile @Nullable Quota quota;
  private final Set<Runnable> onChange = new CopyOnWriteArraySet<>();

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
    return quotaRest;
  }

  /** What of it may be used in a day and a month; null: as much as one likes. */
  @Nullable Quota quota() {
    return quota;
  }

  /**
   * Takes another quota; what was used of it stays used.
   *
   * @param id under which its use is counted
   */
  synchronized void limitTo(@Nullable QuotaSettings next, String id, PoolParts parts) {
    Quota known = quota;
    if (next == null) {
      quota = null;
    } else if (known == null) {
      quota = new Quota(id, next, parts.replicas(), parts.ledger(), this::changed);
    } else {
      known.update(next, parts.replicas());
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
    return known != null
        ? known
        : lanes.computeIfAbsent(
            lane, it -> new SharedLane(new Rest(clock.nanoTime()), limits(it, rates)));
  }

  /** Takes other limits, with all that they allow; cool-downs stay. */
  synchronized void limitTo(Rates next) {
    if (rates != next && !rates.equals(next)) {
      rates = next;
      lanes.forEach((lane, shared) -> shared.limits = limits(lane, next));
    }
  }

  private Allowance[] limits(String lane, Rates all) {
    return limits(lane.isEmpty() ? name : name + "/" + lane, all.of(lane), clock);
  }

  static Allowance[] limits(String of, Rates rates, Clock clock) {
    List<Allowance> made = new ArrayList<>();
    add(made, of, Kind.REQUESTS, rates.requests(), rates, clock);
    add(made, of, Kind.TOKENS, rates.tokens(), rates, clock);
    add(made, of, Kind.INPUT_TOKENS, rates.inputTokens(), rates, clock);
    add(made, of, Kind.OUTPUT_TOKENS, rates.outputTokens(), rates, clock);
    return made.isEmpty() ? NONE : made.toArray(NONE);
  }

  private static void add(
      List<Allowance> made, String of, Kind kind, @Nullable Rate rate, Rates all, Clock clock) {
    if (rate != null) {
      made.add(new RateAllowance(of, kind, rate, all.algorithm(), clock));
    }
  }
}
