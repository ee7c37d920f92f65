package dev.rotor.agent.http.reactornetty;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The attempt on whose connection a request lies while its key is looked for. Who takes it lets it
 * go on, or gives it up. Thread-safe.
 */
final class Preview {

  private final AtomicReference<@Nullable Attempt> attempt = new AtomicReference<>();

  void set(Attempt shown) {
    attempt.set(shown);
  }

  /** Null: there is none, or it is of no use any more. */
  @Nullable Attempt take(boolean isWanted) {
    Attempt shown = attempt.getAndSet(null);
    if (shown != null && !(isWanted && shown.isOpen())) {
      shown.giveUp();
      return null;
    }
    return shown;
  }

  /** Gives it up; false: it has been taken, or there was none. */
  boolean leave() {
    Attempt shown = attempt.getAndSet(null);
    if (shown == null) {
      return false;
    }
    shown.giveUp();
    return true;
  }
}
