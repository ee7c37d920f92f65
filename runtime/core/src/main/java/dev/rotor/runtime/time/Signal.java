package dev.rotor.runtime.time;

import java.util.concurrent.CompletableFuture;

/**
 * Something that happens once, and that a call may wait for. Thread-safe; holds no lock while
 * waiting.
 */
public final class Signal {

  private final CompletableFuture<Boolean> fired = new CompletableFuture<>();

  /** Wakes whoever waits; later calls do nothing. Listeners run on this thread. */
  public void fire() {
    fired.complete(true);
  }

  public boolean isFired() {
    return fired.isDone();
  }

  /** Runs {@code action} when it fires, at once if it has; on the thread that fires it. */
  public void onFire(Runnable action) {
    var unused = fired.thenRun(action);
  }

  CompletableFuture<Boolean> future() {
    return fired;
  }
}
