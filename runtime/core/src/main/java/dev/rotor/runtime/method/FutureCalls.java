package dev.rotor.runtime.method;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Faults;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.time.Signal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls of sites that return a future. Nothing blocks: attempts run through the method itself, the
 * first on the caller's thread, further ones on a thread of Rotor's with the call's context
 * restored. Thread-safe.
 */
public final class FutureCalls {

  /** The site's own method, to be run on any thread, any number of times. */
  @FunctionalInterface
  public interface Body {
    @Nullable Object run(@Nullable Object[] arguments) throws Throwable;
  }

  private final Interception interception;
  private final Faults faults;
  private final boolean reenters;

  /**
   * Creates the calls of a front end.
   *
   * @param reenters whether running a body enters its site once more, which is then no new call
   */
  public FutureCalls(Interception interception, Faults faults, boolean reenters) {
    this.interception = interception;
    this.faults = faults;
    this.reenters = reenters;
  }

  /**
   * Future and exception for the application, of which one is null; null: the body runs untouched.
   */
  public @Nullable Object @Nullable [] begin(
      Site site,
      MethodShape shape,
      Body body,
      @Nullable Object self,
      @Nullable Object[] arguments) {
    Call call = interception.begin(site, self, arguments);
    if (call == null) {
      return null;
    }
    call.detach();
    FutureCall running = new FutureCall(call, shape, body, arguments);
    try {
      running.drive();
    } catch (Throwable fault) {
      running.giveUp();
      throw fault;
    }
    return running.handOver();
  }

  private final class FutureCall {
    private final Call call;
    private final MethodShape shape;
    private final Body body;
    private final @Nullable Object[] arguments;
    private final ForwardingFuture<@Nullable Object> result = new ForwardingFuture<>(this::cancel);
    private final Signal givenUp = new Signal();

    private volatile @Nullable CompletionStage<?> attempt;
    private volatile boolean cancelled;
    private boolean ran;
    private boolean handedOver;
    private @Nullable Object @Nullable [] insteadOfResult;

    FutureCall(Call call, MethodShape shape, Body body, @Nullable Object[] arguments) {
      this.call = call;
      this.shape = shape;
      this.body = body;
      this.arguments = arguments;
    }

    /**
     * A body that threw before it returned a future, or returned none, does so for the application,
     * too.
     */
    @Nullable Object[] handOver() {
      synchronized (this) {
        handedOver = true;
        if (insteadOfResult != null) {
          return insteadOfResult;
        }
      }
      return new @Nullable Object[] {result, null};
    }

    /** False: too late, the application has {@link #result} already. */
    private synchronized boolean handOverInstead(
        @Nullable Object value, @Nullable Throwable thrown) {
      if (!handedOver) {
        insteadOfResult = new @Nullable Object[] {value, thrown};
      }
      return !handedOver;
    }

    void drive() {
      interception.drive(call, this::attempt, this::end, givenUp);
    }

    private void attempt() {
      if (cancelled) {
        call.cancel("cancelled by the application");
        return;
      }
      ran = true;
      Object returned;
      try {
        returned =
            reenters
                ? interception.resume(call, this::invoke)
                : interception.within(call, this::invoke);
      } catch (Thrown thrown) {
        ended(null, thrown.getCause(), true);
        return;
      }
      if (returned instanceof CompletionStage<?> stage) {
        attempt = stage;
        if (cancelled) {
          cancelAttempt();
        }
        follow(stage);
      } else {
        handOverInstead(null, null);
        ended(null, null, false);
      }
    }

    private void follow(CompletionStage<?> stage) {
      try {
        // not whenComplete, which wraps the failure, reads it, and so may fail itself
        var unused =
            stage.handle(
                (value, failure) -> {
                  ended(value, failure, false);
                  return value;
                });
      } catch (Throwable fault) {
        // a stage of the application's own that cannot be listened to; its body has run
        faults.tell(call.site().name(), fault, "its future is handed through");
        giveUp();
        if (!handOverInstead(stage, null)) {
          result.completeExceptionally(fault);
        }
      }
    }

    private @Nullable Object invoke() {
      try {
        return body.run(shape.arguments(call, arguments));
      } catch (Throwable thrown) {
        throw new Thrown(thrown);
      }
    }

    private void ended(@Nullable Object value, @Nullable Throwable failure, boolean atOnce) {
      try {
        if (call.isOver()) {
          // given up after a fault; what the body came to stands
          call.keep(value, failure);
        } else if (failure == null) {
          call.returned(value);
        } else {
          call.threw(failure);
        }
        if (!call.isOver() && !cancelled) {
          drive();
          return;
        }
        call.cancel("cancelled by the application");
      } catch (Throwable fault) {
        faults.tell(call.site().name(), fault, "the call ends with what its body came to");
        giveUp();
        call.keep(value, failure);
      }
      if (atOnce && failure != null && handOverInstead(null, failure)) {
        return;
      }
      end();
    }

    private void giveUp() {
      try {
        call.abandon();
      } catch (Throwable fault) {
        faults.tell(call.site().name() + " (end)", fault, "its key may count one call too many");
      }
    }

    private void end() {
      if (!ran && !cancelled && call.refusal() == null && call.value() == null) {
        // given up after a fault before the body, which runs untouched
        attempt();
        return;
      }
      Throwable failure = call.failure();
      if (failure != null) {
        result.completeExceptionally(failure);
      } else {
        result.complete(call.value());
      }
    }

    private void cancel() {
      cancelled = true;
      cancelAttempt();
      givenUp.fire();
    }

    private void cancelAttempt() {
      CompletionStage<?> current = attempt;
      if (current != null) {
        current.toCompletableFuture().cancel(true);
      }
    }
  }

  /** Carries what a body threw through code that declares nothing. */
  private static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Thrown(Throwable cause) {
      super(null, cause, false, false);
    }

    @Override
    public synchronized Throwable getCause() {
      return java.util.Objects.requireNonNull(super.getCause());
    }
  }
}
