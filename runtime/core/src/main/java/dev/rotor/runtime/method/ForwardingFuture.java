package dev.rotor.runtime.method;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The future that the application gets: cancelling it, or a future derived from it, cancels the
 * attempt that is under way, as it would with the JDK's own HTTP client.
 */
final class ForwardingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  private final Runnable onCancel;

  ForwardingFuture(Runnable onCancel) {
    this.onCancel = onCancel;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new ForwardingFuture<>(onCancel);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      onCancel.run();
    }
    return cancelled;
  }
}
