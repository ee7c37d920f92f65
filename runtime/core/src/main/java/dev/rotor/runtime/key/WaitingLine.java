package dev.rotor.runtime.key;

import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.key.Waiters.Place;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for the same keys. The more urgent is first, of equally urgent ones the one that
 * came first; but every eighth place goes to whoever has waited longest, so that a stream of urgent
 * calls starves nobody. Thread-safe, under a short lock that nobody holds while waiting.
 */
final class WaitingLine {

  static final int TURN_OF_THE_OLDEST = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Urgency, Set<Place>> waiting = new EnumMap<>(Urgency.class);
  private volatile @Nullable Place first;
  private boolean firstByAge;
  private int handedOn;
  private boolean over;

  WaitingLine() {
    for (Urgency urgency : Urgency.values()) {
      waiting.put(urgency, new LinkedHashSet<>());
    }
  }

  @Nullable Place first() {
    return first;
  }

  /** False: this line has ended; take another. */
  boolean enter(Place place) {
    lock.lock();
    try {
      if (over) {
        return false;
      }
      of(place.urgency()).add(place);
      Place before = first;
      if (before == null || (!firstByAge && place.urgency().compareTo(before.urgency()) < 0)) {
        first = place;
        firstByAge = false;
        place.fire();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was the last: the line has ended. */
  boolean leave(Place place) {
    lock.lock();
    try {
      of(place.urgency()).remove(place);
      if (first == place) {
        first = next();
        if (first != null) {
          first.fire();
        }
      }
      over = first == null;
      return over;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Place next() {
    firstByAge = ++handedOn % TURN_OF_THE_OLDEST == 0;
    Place chosen = null;
    for (Urgency urgency : Urgency.values()) {
      Iterator<Place> places = of(urgency).iterator();
      if (places.hasNext()) {
        Place candidate = places.next();
        if (chosen == null || (firstByAge && candidate.number() < chosen.number())) {
          chosen = candidate;
        }
      }
    }
    return chosen;
  }

  private Set<Place> of(Urgency urgency) {
    return java.util.Objects.requireNonNull(waiting.get(urgency));
  }

  void wakeFirst() {
    Place now = first;
    if (now != null) {
      now.fire();
    }
  }
}
