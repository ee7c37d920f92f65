package dev.rotor.runtime.observe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last rotations of an API. Thread-safe, under a short lock: rotations are rare. */
public final class Rotations {

  /** How many are remembered. */
  public static final int MOST = 1000;

  private final Deque<Rotation> last = new ArrayDeque<>();

  /** Remembers one, and forgets the oldest where there are too many. */
  public synchronized void add(Rotation rotation) {
    if (last.size() == MOST) {
      last.removeFirst();
    }
    last.addLast(rotation);
  }

  /** The oldest first. */
  public synchronized List<Rotation> all() {
    return List.copyOf(last);
  }
}
