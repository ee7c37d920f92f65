package dev.rotor.runtime.key;

import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.policy.Limit;
import dev.rotor.runtime.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a provider counts for: the cool-downs and limits that all keys of one account share, by
 * lane. A key that names no account has one of its own. Thread-safe.
 */
final class Account {

  /** What the keys of an account share of one lane. */
  record SharedLane(Rest rest, @Nullable Limit limit) {}

  private final String name;
  private final Clock clock;
  private final @Nullable Rate requests;
  private final Rest quotaRest;
  private final Map<String, SharedLane> lanes = new ConcurrentHashMap<>();

  Account(String name, @Nullable Rate requests, Clock clock) {
    this.name = name;
    this.requests = requests;
    this.clock = clock;
    this.quotaRest = new Rest(clock.nanoTime());
  }

  /** The rest of the whole account, all lanes: its quota is used up. */
  Rest quotaRest() {
    return quotaRest;
  }

  @Nullable Rate requests() {
    return requests;
  }

  SharedLane lane(String lane) {
    return lanes.computeIfAbsent(
        lane,
        it ->
            new SharedLane(
                new Rest(clock.nanoTime()),
                requests == null ? null : Limit.of(name + "/" + it, requests, clock)));
  }

  void endRests(long now) {
    quotaRest.end(now);
    lanes.values().forEach(lane -> lane.rest().end(now));
  }
}
