package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.ForeignCredentialException;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CancellationException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.util.DeadlineTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One exchange. The first attempt starts on the caller's thread, a later one on one of the
 * client's; what lies above is only ever called on the client's, or where the application cancels.
 * At most one thread is in here at a time, but for {@link #cancel}.
 */
final class AsyncSend {

  private enum State {
    WAITING,
    AT_WORK,
    CANCELLED
  }

  private final HttpCall call;
  private final ConnectExec connect;
  private final ShownRequest request;
  private final Above above;
  private final AsyncExecChain.Scope scope;
  private final Trail trail;
  private final Faults faults;
  private final Cancellation cancellation;

  private State state = State.AT_WORK;
  private volatile @Nullable Thread clientThread;
  private volatile @Nullable Thread driver;
  private volatile @Nullable Attempt first;
  private volatile HttpRoute route;
  private volatile @Nullable HeldAnswer held;
  private volatile @Nullable Throwable failure;

  AsyncSend(
      HttpCall call,
      ConnectExec connect,
      ShownRequest request,
      Above above,
      Trail trail,
      Faults faults) {
    this.call = call;
    this.connect = connect;
    this.request = request;
    this.above = above;
    this.scope = above.scope();
    this.trail = trail;
    this.faults = faults;
    this.route = scope.route;
    this.cancellation = new Cancellation(scope.cancellableDependency, this::cancel);
  }

  void start() {
    try {
      drive();
    } catch (Throwable fault) {
      untouched(fault);
    }
  }

  private void drive() {
    synchronized (this) {
      if (state == State.CANCELLED) {
        return;
      }
      state = State.WAITING;
    }
    cancellation.next();
    driver = Thread.currentThread();
    call.drive(this::attempt, this::done);
    driver = null;
  }

  /** Whether to go on; if not, the application has cancelled, and knows. */
  private synchronized boolean resume() {
    boolean waited = state == State.WAITING;
    if (waited) {
      state = State.AT_WORK;
    }
    return waited;
  }

  /**
   * After a wait it comes on Rotor's timer, where neither the client nor the application may run.
   */
  private void attempt() {
    if (Thread.currentThread() == driver) {
      send();
    } else {
      onClientThread(this::send);
    }
  }

  private void onClientThread(Runnable task) {
    ClientVersion.onClientThread(scope, request.request(), new Resumption(call, above), task);
  }

  private void send() {
    if (!resume()) {
      return;
    }
    boolean onClientThread = Thread.currentThread() == clientThread;
    Attempt attempt;
    HttpRequest towards;
    AsyncExecChain.Scope inner;
    AsyncEntityProducer application = request.producer();
    AttemptBody body = application == null ? null : new AttemptBody(application);
    try {
      URI target = call.target();
      HttpRoute next = Routing.to(target, request.uri(), scope.route);
      attempt = new Attempt(this, call, above, next, body);
      towards = request.towards(target, next.getProxyHost() != null && !next.isTunnelled());
      inner = scope(next, new AttemptRuntime(scope.execRuntime, attempt));
      leaveFor(next);
    } catch (Throwable fault) {
      call.abandon();
      stop(fault);
      return;
    }
    rewind();
    if (first == null) {
      first = attempt;
    }
    clientThread = null;
    try {
      connect.execute(towards, body, inner, attempt);
    } catch (Throwable thrown) {
      clientThread = onClientThread ? Thread.currentThread() : null;
      attempt.failed(thrown instanceof Exception failed ? failed : new RuntimeException(thrown));
    }
  }

  private AsyncExecChain.Scope scope(HttpRoute next, AttemptRuntime runtime) {
    return new AsyncExecChain.Scope(
        scope.exchangeId,
        next,
        scope.originalRequest,
        cancellation,
        scope.clientContext,
        runtime,
        scope.scheduler,
        scope.execCount);
  }

  private void leaveFor(HttpRoute next) {
    if (!next.equals(route)) {
      scope.execRuntime.releaseEndpoint();
    }
    route = next;
  }

  private void rewind() {
    AsyncEntityProducer application = request.producer();
    if (first != null && application != null) {
      application.releaseResources();
    }
  }

  boolean isFirst(Attempt attempt) {
    return attempt == first;
  }

  void tell(Throwable fault) {
    faults.tell(fault);
  }

  /** An attempt was answered, and the answer is held. */
  void answered(HeldAnswer answer) {
    held = answer;
    failure = null;
    if (cancellation.isCancelled()) {
      above.failed(new InterruptedIOException("cancelled"));
      return;
    }
    call.answered(answer.response().getCode(), Attempt.headers(answer.response()), answer.body());
    scope.execRuntime.releaseEndpoint();
    goOn();
  }

  /** An attempt failed. */
  void failed(Exception cause) {
    held = null;
    failure = cause;
    scope.execRuntime.discardEndpoint();
    if (cancellation.isCancelled()
        || cause instanceof CancellationException
        || isOfTheOwnPool(cause)) {
      call.cancel();
      above.failed(cause);
      return;
    }
    call.failed(cause);
    goOn();
  }

  /** The application has taken all its connections; no host is slow, and no key is to blame. */
  private static boolean isOfTheOwnPool(Exception cause) {
    return cause instanceof DeadlineTimeoutException
        || cause instanceof ConnectionRequestTimeoutException;
  }

  private void goOn() {
    clientThread = Thread.currentThread();
    drive();
    clientThread = null;
  }

  /**
   * An attempt came back before anything of it was sent.
   *
   * @param reason a fault, or a credential of somebody else; null: its address is
   */
  void unwound(@Nullable Throwable reason) {
    scope.execRuntime.discardEndpoint();
    if (reason instanceof ForeignCredentialException) {
      call.pass();
      own();
      return;
    }
    call.abandon();
    if (reason == null) {
      own();
    } else {
      stop(reason);
    }
  }

  private void done() {
    if (!resume()) {
      return;
    }
    if (Thread.currentThread() == clientThread) {
      finish();
    } else {
      onClientThread(this::finish);
    }
  }

  private void finish() {
    trail.ended(call);
    RefusedAnswer refused = held == null && failure == null ? call.refused() : null;
    if (refused == null) {
      stop(new IllegalStateException("no attempt and no refusal"));
    } else {
      RefusedResponse.handOn(refused, request.request(), above);
    }
  }

  /** Ends with what it has come to. */
  private void stop(Throwable fault) {
    HeldAnswer answer = held;
    Throwable thrown = failure;
    if (answer != null) {
      call.answerHeaders().forEach(answer.response()::setHeader);
      answer.handOn(above);
    } else if (thrown != null) {
      above.failed(thrown);
    } else {
      untouched(fault);
    }
  }

  /** A fault of Rotor's before anything was sent: the application's own request goes, as it is. */
  private void untouched(Throwable fault) {
    tell(fault);
    own();
  }

  private void own() {
    try {
      leaveFor(scope.route);
      rewind();
      connect.execute(
          request.request(), request.producer(), scope, new Untouched(above.callback()));
    } catch (Throwable thrown) {
      above.failed(thrown);
    }
  }

  /** The application cancelled; its key is free at once. */
  private void cancel() {
    boolean waiting;
    synchronized (this) {
      waiting = state == State.WAITING;
      if (waiting) {
        state = State.CANCELLED;
      }
    }
    call.cancel();
    if (waiting) {
      above.failed(new InterruptedIOException("cancelled while it waited for a key"));
    }
  }
}
