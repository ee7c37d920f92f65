package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys that will do for calls of one kind: those of a lane, a tier, an urgency, in the order in
 * which their strategy wants to see them. Made anew when the keys change. Thread-safe.
 */
final class Lineup {

  /**
   * For how long a key that rests is not looked at, at most: what makes it usable before its time
   * need not be told here at all events.
   */
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Lane[] lanes;
  private final Awake awake;
  private final Strategy strategy;
  private volatile @Nullable Affinity affinity;

  Lineup(Lane[] lanes, Strategy strategy) {
    this.strategy = strategy;
    this.lanes = lanes.clone();
    Comparator<Lane> order = strategy.order();
    if (order != null) {
      Arrays.sort(this.lanes, order);
    }
    this.awake = new Awake(lanes.length);
    for (int place = 0; place < this.lanes.length; place++) {
      this.lanes[place].key().seat(this, place);
    }
  }

  int size() {
    return lanes.length;
  }

  Lane lane(int place) {
    return lanes[place];
  }

  /** Takes a usable lane for one attempt; null when none is usable now. */
  @Nullable Lane acquire(Need need, long now) {
    if (lanes.length == 0) {
      return null;
    }
    awake.wakeDue(now);
    if (need.shared() != null) {
      Lane kept = tryAt(affinity().home(need.shared()), need, now);
      if (kept != null) {
        return kept;
      }
    }
    Lane found = strategy.acquire(this, need, now);
    return found != null ? found : lastResort(need, now);
  }

  private Affinity affinity() {
    Affinity known = affinity;
    if (known == null) {
      // two threads may make it at once, and it does not matter which one stays
      known = new Affinity(Arrays.stream(lanes).map(it -> it.key().name()).toArray(String[]::new));
      affinity = known;
    }
    return known;
  }

  /** A key that failed too often is better than none; a breaker may still be against it. */
  private @Nullable Lane lastResort(Need need, long now) {
    for (Lane lane : lanes) {
      if (lane.key().isInError() && lane.tryAcquireAsLastResort(need, now)) {
        return lane;
      }
    }
    return null;
  }

  /** Takes the first usable lane of another key than these. */
  @Nullable Lane acquireOther(Need need, List<Key> than, long now) {
    for (int place = nextAwake(0); place >= 0; place = nextAwake(place + 1)) {
      if (!than.contains(lanes[place].key())) {
        Lane other = tryAt(place, need, now);
        if (other != null) {
          return other;
        }
      }
    }
    return null;
  }

  /** Takes this lane if it is usable. */
  @Nullable Lane tryAt(int place, Need need, long now) {
    Lane lane = lanes[place];
    if (lane.tryAcquire(need, now)) {
      return lane;
    }
    putToSleep(place, lane, now);
    return null;
  }

  /** The first usable one of a part of the line, from {@code start} on and round to it again. */
  @Nullable Lane firstUsable(int from, int to, int start, Need need, long now) {
    Lane found = firstUsable(start, to, need, now);
    return found != null ? found : firstUsable(from, start, need, now);
  }

  private @Nullable Lane firstUsable(int from, int to, Need need, long now) {
    for (int place = awake.next(from, to); place >= 0; place = awake.next(place + 1, to)) {
      Lane found = tryAt(place, need, now);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The first that is worth a look from {@code from} on; -1: none. */
  int nextAwake(int from) {
    return awake.next(from, lanes.length);
  }

  boolean isAwake(int place) {
    return awake.isAwake(place);
  }

  private void putToSleep(int place, Lane lane, long now) {
    // not by what this call needs: another may need less
    long wait = lane.usableIn(Need.ONE, now);
    if (wait == Lane.NOT_BY_TIME || (wait <= 0 && lane.key().isFull())) {
      awake.sleep(place);
    } else if (wait > 0) {
      awake.sleepUntil(place, now + Math.min(wait, LONGEST_SLEEP_NANOS));
    } else {
      return;
    }
    if (lane.isUsable(Need.ONE, now)) {
      // whatever made it so in between may have looked here before it was asleep
      awake.wake(place);
    }
  }

  /**
   * When the first of them will be usable, if none is now. One that turns out to be usable, since
   * somebody gave back what it lacked, is worth a look again.
   */
  KeyPool.Outlook outlook(Need need, long now) {
    long first = Lane.NOT_BY_TIME;
    Lane soonest = null;
    boolean busy = false;
    boolean usable = false;
    for (int place = 0; place < lanes.length; place++) {
      Lane lane = lanes[place];
      long wait = lane.usableIn(need, now);
      if (wait > 0) {
        if (wait < first) {
          first = wait;
          soonest = lane;
        }
      } else {
        busy = true;
        if (!lane.key().isFull()) {
          usable = true;
          awake.wake(place);
        }
      }
    }
    return new KeyPool.Outlook(first, soonest, busy, usable);
  }

  /** Something has happened to the key at this place: a look may pay. */
  void wake(int place) {
    awake.wake(place);
  }

  void wakeAll() {
    awake.wakeAll();
  }
}
