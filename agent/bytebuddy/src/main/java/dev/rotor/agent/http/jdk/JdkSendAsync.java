package dev.rotor.agent.http.jdk;

import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import dev.rotor.runtime.http.RequestEdit;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code sendAsync}. Attempts start on the caller's thread, on one of the client's, or on one
 * of Rotor's; the application's handler and futures are only ever run on the client's. At most one
 * thread is in here at a time, but for {@link #cancel}.
 */
final class JdkSendAsync<T> {

  private final HttpCall call;
  private final ClientMethod send;
  private final JdkRequest request;
  private final BodyHandler<T> handler;
  private final @Nullable PushPromiseHandler<T> push;
  private final PendingResponse<T> result;

  private volatile @Nullable CompletableFuture<?> sending;
  private volatile boolean cancelled;
  private volatile boolean sent;
  private volatile @Nullable Answer<T> held;
  private volatile @Nullable Throwable failure;

  // what the first attempt threw or the fault before it, for as long as the caller is in start
  private boolean starting = true;
  private @Nullable Throwable thrownAtOnce;
  private @Nullable Throwable faultAtOnce;

  JdkSendAsync(
      HttpCall call,
      ClientMethod send,
      JdkRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> push) {
    this.call = call;
    this.send = send;
    this.request = request;
    this.handler = handler;
    this.result = new PendingResponse<>(send, handler, this::cancel);
    this.push =
        push == null
            ? null
            : (initiating, promised, accept) ->
                // the application's own request, not the one with the key
                push.applyPushPromise(request.own(), promised, accept);
  }

  /** Future and exception for the application. */
  @Nullable Object[] start() throws UntouchedException {
    try {
      call.drive(this::attempt, this::done);
    } catch (Throwable fault) {
      throw new UntouchedException(fault);
    }
    synchronized (this) {
      starting = false;
      if (faultAtOnce != null) {
        throw new UntouchedException(faultAtOnce);
      }
      if (thrownAtOnce != null) {
        return new @Nullable Object[] {null, thrownAtOnce};
      }
    }
    return new @Nullable Object[] {result.future(), null};
  }

  private void attempt() {
    if (cancelled) {
      call.cancel();
      return;
    }
    RequestEdit edit;
    HttpRequest edited;
    try {
      edit = call.edit();
      edited = request.edited(edit);
    } catch (Throwable fault) {
      call.abandon();
      done(fault);
      return;
    }
    HeldHandler<T> holding = new HeldHandler<>(call, handler);
    CompletableFuture<HttpResponse<T>> attempt;
    try {
      sent = true;
      attempt = within(edited, holding, push);
    } catch (Throwable thrown) {
      call.abandon();
      thrownAtOnce(thrown);
      return;
    }
    sending = attempt;
    if (cancelled) {
      attempt.cancel(true);
    }
    var unused = attempt.whenComplete((response, thrown) -> ended(response, thrown, holding, edit));
  }

  /** Runs the client's own method inside the exchange, where it passes untouched. */
  private CompletableFuture<HttpResponse<T>> within(
      HttpRequest edited, BodyHandler<T> holding, @Nullable PushPromiseHandler<T> promises)
      throws Throwable {
    @Nullable Throwable[] thrown = new @Nullable Throwable[1];
    CompletableFuture<HttpResponse<T>> future =
        call.within(
            () -> {
              try {
                return send.sendAsync(edited, holding, promises);
              } catch (Throwable failed) {
                thrown[0] = failed;
                return new CompletableFuture<>();
              }
            });
    if (thrown[0] != null) {
      throw thrown[0];
    }
    return future;
  }

  private void ended(
      @Nullable HttpResponse<T> response,
      @Nullable Throwable thrown,
      HeldHandler<T> holding,
      RequestEdit edit) {
    result.onClientThread(true);
    held = null;
    failure = null;
    if (response == null) {
      failure = thrown;
      Throwable cause =
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      if (cause == null || cause instanceof CancellationException) {
        call.cancel();
      } else {
        call.failed(cause);
      }
    } else {
      Answer<T> answer = Answer.of(new ShownResponse<>(response, request.own(), edit), holding);
      held = answer;
      if (answer.held() != null) {
        call.from(response.uri());
        call.answered(
            response.statusCode(), HeldHandler.headers(response.headers()), answer.held());
      }
    }
    if (response != null && holding.isHandedOn()) {
      done();
    } else {
      call.drive(this::attempt, this::done);
    }
    result.onClientThread(false);
  }

  private void done() {
    done(null);
  }

  private void done(@Nullable Throwable fault) {
    Answer<T> answer = held;
    Throwable thrown = failure;
    RefusedAnswer refused = sent ? null : call.refused();
    if (answer == null && refused != null) {
      answer = RefusedResponse.answer(request.own(), refused);
    }
    if (cancelled) {
      result.cancelled();
    } else if (answer != null) {
      result.complete(answer.with(call.answerHeaders()));
    } else if (thrown != null) {
      result.fail(thrown);
    } else {
      untouched(fault == null ? new IllegalStateException("no attempt and no refusal") : fault);
    }
  }

  private void thrownAtOnce(Throwable thrown) {
    synchronized (this) {
      if (starting) {
        thrownAtOnce = thrown;
        return;
      }
    }
    result.fail(thrown);
  }

  /** A fault of Rotor's before anything was sent: the application's own request goes, as it is. */
  private void untouched(Throwable fault) {
    synchronized (this) {
      if (starting) {
        faultAtOnce = fault;
        return;
      }
    }
    try {
      CompletableFuture<HttpResponse<T>> own = within(request.own(), handler, push);
      sending = own;
      if (cancelled) {
        own.cancel(true);
      }
      var unused = own.whenComplete(result::complete);
    } catch (Throwable thrown) {
      result.fail(thrown);
    }
  }

  /** The application cancelled; its key is free at once. */
  private void cancel() {
    cancelled = true;
    call.cancel();
    CompletableFuture<?> current = sending;
    if (current != null) {
      current.cancel(true);
    }
    result.cancelled();
  }
}
