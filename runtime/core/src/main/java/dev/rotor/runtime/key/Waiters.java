package dev.rotor.runtime.key;

import dev.rotor.runtime.time.Signal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a key, first come first woken. Thread-safe, without locks.
 *
 * <p>No wake-up is lost: a call enters before it looks a last time; each key that becomes free
 * wakes the first call of every lane, since what is of no use in one lane may be in another; and a
 * call that was woken and leaves the line passes the wake-up on, since it may have been for another
 * key than the one it took.
 */
public final class Waiters {

  /** Where a call stands in the line. */
  public static final class Place {
    private final String lane;
    private final Signal signal = new Signal();

    private Place(String lane) {
      this.lane = lane;
    }

    /** Fired when a key may have become free. */
    public Signal signal() {
      return signal;
    }
  }

  private final ConcurrentLinkedDeque<Place> line = new ConcurrentLinkedDeque<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Lines up.
   *
   * @param most how many may wait at once
   * @return null: too many wait already
   */
  public @Nullable Place enter(String lane, int most) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return null;
    }
    Place place = new Place(lane);
    line.addLast(place);
    return place;
  }

  /** A call that was woken and found nothing keeps its turn; it is to look again at once. */
  public Place enterAgain(Place woken) {
    Place place = new Place(woken.lane);
    line.addFirst(place);
    return place;
  }

  /** Leaves the line, with a key or without. */
  public void leave(Place place) {
    count.decrementAndGet();
    if (!line.remove(place)) {
      wake();
    }
  }

  /** How many wait. */
  public int size() {
    return count.get();
  }

  /** A key became free. */
  void wake() {
    if (count.get() == 0) {
      return;
    }
    Set<String> woken = new HashSet<>();
    for (Place place : line) {
      if (!woken.contains(place.lane) && line.remove(place)) {
        woken.add(place.lane);
        place.signal.fire();
      }
    }
  }

  void wakeAll() {
    for (Place next = line.pollFirst(); next != null; next = line.pollFirst()) {
      next.signal.fire();
    }
  }
}
