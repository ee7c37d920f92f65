package dev.rotor.agent.http.jdk;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What the application waits for, and on which threads it is served. */
final class PendingResponse<T> {

  /** Where the client completes its futures, whatever executor it was given. */
  private static final Executor FUTURES = new CompletableFuture<Void>().defaultExecutor();

  private final ClientMethod send;
  private final BodyHandler<T> handler;
  private final CancellableFuture<HttpResponse<T>> future;
  private volatile @Nullable Thread clientThread;

  PendingResponse(ClientMethod send, BodyHandler<T> handler, Runnable cancel) {
    this.send = send;
    this.handler = handler;
    this.future = new CancellableFuture<>(cancel);
  }

  CompletableFuture<HttpResponse<T>> future() {
    return future;
  }

  /** Says that this thread is one on which the client itself would complete the future. */
  void onClientThread(boolean is) {
    clientThread = is ? Thread.currentThread() : null;
  }

  /** A handler runs where the client runs handlers. */
  void complete(Answer<T> answer) {
    if (answer.held() == null) {
      run(() -> future.complete(answer.response()));
      return;
    }
    Runnable open =
        () -> {
          var unused = answer.open(handler).whenCompleteAsync(this::complete, FUTURES);
        };
    try {
      send.executor().orElse(FUTURES).execute(open);
    } catch (RejectedExecutionException closed) {
      FUTURES.execute(open);
    }
  }

  /** Completes it on this thread. */
  void complete(@Nullable HttpResponse<T> response, @Nullable Throwable thrown) {
    if (thrown != null) {
      future.completeExceptionally(thrown);
    } else {
      future.complete(response);
    }
  }

  void fail(Throwable thrown) {
    run(() -> future.completeExceptionally(thrown));
  }

  /** Ends it as cancelled; the exchange has ended already. */
  void cancelled() {
    future.cancelled();
  }

  private void run(Runnable task) {
    if (Thread.currentThread() == clientThread) {
      task.run();
    } else {
      FUTURES.execute(task);
    }
  }
}
