package dev.rotor.agent.http.apache5async;

import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;

/**
 * Stands between the application's future and whatever the exchange is at, so that it learns of a
 * cancellation in any case. Thread-safe.
 */
final class Cancellation implements CancellableDependency {

  private final CancellableDependency future;
  private final Runnable exchange;
  private final List<Cancellable> running = new ArrayList<>();
  private boolean cancelled;

  Cancellation(CancellableDependency future, Runnable exchange) {
    this.future = future;
    this.exchange = exchange;
  }

  /** The exchange goes on with something new, which may be nothing but waiting. */
  void next() {
    synchronized (this) {
      running.clear();
    }
    future.setDependency(this);
  }

  /** A late one of something that is over does not stand in for what runs by now. */
  @Override
  public void setDependency(Cancellable dependency) {
    boolean late;
    synchronized (this) {
      late = cancelled;
      running.add(dependency);
    }
    if (late) {
      dependency.cancel();
    } else {
      future.setDependency(this);
    }
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  @Override
  public boolean cancel() {
    List<Cancellable> now;
    synchronized (this) {
      if (cancelled) {
        return false;
      }
      cancelled = true;
      now = List.copyOf(running);
    }
    exchange.run();
    now.forEach(Cancellable::cancel);
    return true;
  }
}
