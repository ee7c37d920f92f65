package dev.rotor.agent.http.jdk;

import java.util.concurrent.CompletableFuture;

/**
 * The application's future. As {@code HttpClient} promises of its own, {@code cancel(true)} on it
 * or on one derived from it cancels the exchange, whatever attempt that is at.
 */
final class CancellableFuture<T> extends CompletableFuture<T> {

  private final Runnable exchange;

  CancellableFuture(Runnable exchange) {
    this.exchange = exchange;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CancellableFuture<>(exchange);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean stops = mayInterruptIfRunning && !isDone();
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (stops) {
      exchange.run();
    }
    return cancelled;
  }

  /** Ends it as cancelled, without cancelling the exchange again. */
  void cancelled() {
    super.cancel(true);
  }
}
