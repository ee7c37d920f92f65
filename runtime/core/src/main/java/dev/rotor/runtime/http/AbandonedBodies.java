package dev.rotor.runtime.http;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the attempts whose answers an application has dropped without closing them, or that it has
 * never asked for, so that no key's place is lost with them. Has no thread of its own: looks when
 * it is told to. Thread-safe.
 */
final class AbandonedBodies {

  private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();
  private final Set<Watched> open = ConcurrentHashMap.newKeySet();

  /**
   * Watches what an application holds of an attempt.
   *
   * @param end ends the attempt; must not hold {@code holder}
   */
  Watched watch(Object holder, Runnable end) {
    Watched watched = new Watched(holder, end);
    open.add(watched);
    return watched;
  }

  /** Ends what the garbage collector has found by now. */
  void sweep() {
    for (Reference<?> found = dropped.poll(); found != null; found = dropped.poll()) {
      if (found instanceof AbandonedBodies.Watched watched) {
        watched.forget();
        watched.end.run();
      }
    }
  }

  final class Watched extends PhantomReference<Object> {
    private final Runnable end;

    private Watched(Object holder, Runnable end) {
      super(holder, dropped);
      this.end = end;
    }

    void forget() {
      open.remove(this);
    }
  }
}
