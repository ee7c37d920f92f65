package dev.rotor.runtime.key;

import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which places of a lineup are worth a look: one bit each. A key that was found to rest is put to
 * sleep until it may be usable again, so that a choice among thousands does not look at those time
 * and again. Thread-safe; reading takes no lock.
 *
 * <p>It is a hint, never the truth: one that is awake may not be usable, and whatever makes one
 * usable before its time must {@link #wake} it.
 */
final class Awake {

  private record Alarm(long due, int place) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      // the clock has no origin
      return Long.signum(due - other.due);
    }
  }

  private final int size;
  private final AtomicLongArray words;
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private final boolean[] isSet;
  private final long[] dueOf;
  private volatile boolean waiting;
  private volatile long nextDue;

  /** All awake. */
  Awake(int size) {
    this.size = size;
    this.words = new AtomicLongArray((size + 63) / 64);
    this.isSet = new boolean[size];
    this.dueOf = new long[size];
    wakeAll();
  }

  boolean isAwake(int place) {
    return (words.get(place >> 6) & (1L << place)) != 0;
  }

  /** The first that is awake from {@code from} up to, and without, {@code to}; -1: none. */
  int next(int from, int to) {
    if (from >= to) {
      return -1;
    }
    int word = from >> 6;
    long bits = words.get(word) & (-1L << from);
    int last = (to - 1) >> 6;
    while (bits == 0 && word < last) {
      bits = words.get(++word);
    }
    int found = (word << 6) + Long.numberOfTrailingZeros(bits);
    return bits == 0 || found >= to ? -1 : found;
  }

  /** Not worth a look before it is woken. */
  void sleep(int place) {
    words.getAndAccumulate(place >> 6, 1L << place, (word, bit) -> word & ~bit);
  }

  /** Not worth a look before this instant. */
  void sleepUntil(int place, long due) {
    sleep(place);
    lock.lock();
    try {
      if (!isSet[place] || due - dueOf[place] < 0) {
        isSet[place] = true;
        dueOf[place] = due;
        alarms.add(new Alarm(due, place));
        nextDue = alarms.element().due();
        waiting = true;
      }
    } finally {
      lock.unlock();
    }
  }

  void wake(int place) {
    if (!isAwake(place)) {
      words.getAndAccumulate(place >> 6, 1L << place, (word, bit) -> word | bit);
    }
  }

  void wakeAll() {
    for (int word = 0; word < words.length(); word++) {
      int bits = Math.min(64, size - 64 * word);
      words.set(word, bits == 64 ? -1L : (1L << bits) - 1);
    }
  }

  /** Wakes those whose time has come. */
  void wakeDue(long now) {
    if (!waiting || now - nextDue < 0) {
      return;
    }
    // under a lock, but never waiting for it: another thread does the same just now
    if (lock.tryLock()) {
      try {
        while (!alarms.isEmpty() && now - alarms.element().due() >= 0) {
          Alarm alarm = alarms.remove();
          if (alarm.due() == dueOf[alarm.place()]) {
            isSet[alarm.place()] = false;
          }
          wake(alarm.place());
        }
        waiting = !alarms.isEmpty();
        if (waiting) {
          nextDue = alarms.element().due();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
