package dev.rotor.runtime.key;

import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.key.Waiters.Place;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for the same keys. The more urgent is first, of equally urgent ones the one that
 * came first; but every eighth place goes to whoever has waited longest, so that a stream of urgent
 * calls starves nobody. Thread-safe, under a short lock that nobody holds while waiting.
 *
 * <p>Where some keys are kept for urgent calls, the first of each urgency above that of the first
 * one looks as well: there may be a key that the first one cannot use.
 */
final class WaitingLine {

  static final int TURN_OF_THE_OLDEST = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Urgency, Set<Place>> waiting = new EnumMap<>(Urgency.class);
  private final boolean keysByUrgency;
  private volatile @Nullable Place first;
  private boolean firstByAge;
  private int handedOn;
  private boolean over;

  WaitingLine(boolean keysByUrgency) {
    this.keysByUrgency = keysByUrgency;
    for (Urgency urgency : Urgency.values()) {
      waiting.put(urgency, new LinkedHashSet<>());
    }
  }

  /** Whether this call is one of those that are to look for a key. */
  boolean isToLook(Place place) {
    Place present = first;
    if (present == place || !keysByUrgency || present == null) {
      return present == place;
    }
    if (place.urgency().compareTo(present.urgency()) >= 0) {
      return false;
    }
    lock.lock();
    try {
      return firstOf(place.urgency()) == place;
    } finally {
      lock.unlock();
    }
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
      }
      wakeThoseToLook();
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
      Place candidate = firstOf(urgency);
      if (candidate != null
          && (chosen == null || (firstByAge && candidate.number() < chosen.number()))) {
        chosen = candidate;
      }
    }
    return chosen;
  }

  private @Nullable Place firstOf(Urgency urgency) {
    Iterator<Place> places = of(urgency).iterator();
    return places.hasNext() ? places.next() : null;
  }

  private Set<Place> of(Urgency urgency) {
    return Objects.requireNonNull(waiting.get(urgency));
  }

  void wake() {
    if (!keysByUrgency) {
      Place now = first;
      if (now != null) {
        now.fire();
      }
      return;
    }
    lock.lock();
    try {
      wakeThoseToLook();
    } finally {
      lock.unlock();
    }
  }

  private void wakeThoseToLook() {
    Place present = first;
    if (present == null) {
      return;
    }
    if (keysByUrgency) {
      for (Urgency urgency : Urgency.values()) {
        Place candidate = firstOf(urgency);
        if (candidate != null && urgency.compareTo(present.urgency()) < 0) {
          candidate.fire();
        }
      }
    }
    present.fire();
  }
}
