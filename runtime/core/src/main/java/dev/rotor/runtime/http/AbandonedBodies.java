package dev.rotor.runtime.http;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the attempts whose answers an application has dropped without closing them, so that no key's
 * place is lost with them. Has no thread of its own: looks when it is told to. Thread-safe.
 */
final class AbandonedBodies {

  private final ReferenceQueue<AnswerBody> dropped = new ReferenceQueue<>();
  private final Set<Watched> open = ConcurrentHashMap.newKeySet();

  Watched watch(AnswerBody body, AnswerBody.End end) {
    Watched watched = new Watched(body, end);
    open.add(watched);
    return watched;
  }

  /** Ends what the garbage collector has found by now. */
  void sweep() {
    for (Reference<?> found = dropped.poll(); found != null; found = dropped.poll()) {
      if (found instanceof AbandonedBodies.Watched watched) {
        watched.forget();
        watched.end.ended(null, null);
      }
    }
  }

  final class Watched extends PhantomReference<AnswerBody> {
    private final AnswerBody.End end;

    private Watched(AnswerBody body, AnswerBody.End end) {
      super(body, dropped);
      this.end = end;
    }

    void forget() {
      open.remove(this);
    }
  }
}
