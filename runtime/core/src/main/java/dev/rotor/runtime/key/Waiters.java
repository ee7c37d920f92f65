package dev.rotor.runtime.key;

import dev.rotor.runtime.time.Signal;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a key, first come first woken. Thread-safe, without locks.
 *
 * <p>No wake-up is lost: a call enters before it looks a last time, each key that becomes free
 * wakes one call, and a call that was woken and leaves without having looked passes the wake-up on.
 */
public final class Waiters {

  private final ConcurrentLinkedQueue<Signal> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Lines up.
   *
   * @param most how many may wait at once
   * @return fired when a key may have become free; null: too many wait already
   */
  public @Nullable Signal enter(int most) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return null;
    }
    Signal signal = new Signal();
    queue.add(signal);
    return signal;
  }

  /**
   * Leaves the line.
   *
   * @param looked whether the call has looked for a key since it was woken; if not, it passes its
   *     wake-up on
   */
  public void leave(Signal signal, boolean looked) {
    count.decrementAndGet();
    if (!queue.remove(signal) && !looked) {
      wakeOne();
    }
  }

  /** How many wait. */
  public int size() {
    return count.get();
  }

  void wakeOne() {
    if (count.get() > 0) {
      Signal next = queue.poll();
      if (next != null) {
        next.fire();
      }
    }
  }

  void wakeAll() {
    for (Signal next = queue.poll(); next != null; next = queue.poll()) {
      next.fire();
    }
  }
}
