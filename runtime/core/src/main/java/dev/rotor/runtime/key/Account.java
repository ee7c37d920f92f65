package dev.rotor.runtime.key;

import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.policy.Limit;
import dev.rotor.runtime.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a provider counts for: the cool-downs and limits that all keys of one account share, by
 * lane. A key that names no account has one of its own. Thread-safe.
 */
final class Account {

  /** What the keys of an account share of one lane. */
  static final class SharedLane {
    private final Rest rest;
    private volatile @Nullable Limit limit;

    private SharedLane(Rest rest, @Nullable Limit limit) {
      this.rest = rest;
      this.limit = limit;
    }

    Rest rest() {
      return rest;
    }

    @Nullable Limit limit() {
      return limit;
    }
  }

  private final String name;
  private final Clock clock;
  private final Rest quotaRest;
  private final Map<String, SharedLane> lanes = new ConcurrentHashMap<>();
  private volatile @Nullable Rate requests;

  Account(String name, @Nullable Rate requests, Clock clock) {
    this.name = name;
    this.requests = requests;
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

  SharedLane lane(String lane) {
    return lanes.computeIfAbsent(
        lane, it -> new SharedLane(new Rest(clock.nanoTime()), limit(it, requests)));
  }

  /** Takes another limit, with all its permits; cool-downs stay. */
  void requests(@Nullable Rate next) {
    if (!Objects.equals(requests, next)) {
      requests = next;
      lanes.forEach((lane, shared) -> shared.limit = limit(lane, next));
    }
  }

  private @Nullable Limit limit(String lane, @Nullable Rate rate) {
    return rate == null ? null : Limit.of(name + "/" + lane, rate, clock);
  }
}
