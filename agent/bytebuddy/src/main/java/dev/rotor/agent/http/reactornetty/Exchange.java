package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClientConfig;

/**
 * One subscription of the application to a connection, with as many of Rotor's to the client as it
 * takes. Attempts start where the application subscribes, on the event loop, or on a thread of
 * Rotor's; the client goes over to its event loop by itself, and only there the application is told
 * anything. At most one thread is in here at a time, but for {@link #cancel}.
 */
final class Exchange implements Subscription {

  private final Client client;
  private final HttpCall call;
  private final OwnRequest request;
  private final HttpClientConfig config;
  private final Mono<Connection> connect;
  private final Application application;

  private final AtomicBoolean asked = new AtomicBoolean();
  // its outcome is told: what still comes is the application's as it is
  private volatile boolean settled;
  private volatile boolean driven;
  private volatile @Nullable Attempt attempt;
  private final Preview preview = new Preview();
  private volatile @Nullable Subscription upstream;
  private volatile @Nullable Throwable failure;

  Exchange(
      Client client,
      HttpCall call,
      OwnRequest request,
      HttpClientConfig config,
      Mono<Connection> connect,
      CoreSubscriber<? super Connection> application) {
    this.client = client;
    this.call = call;
    this.request = request;
    this.config = config;
    this.connect = connect;
    this.application = new Application(application, config, request);
  }

  void start() {
    application.begin(this);
  }

  @Override
  public void request(long items) {
    if (!Operators.validate(items) || !asked.compareAndSet(false, true)) {
      return;
    }
    if (call.needsBody() && request.mayHaveBody()) {
      preview();
    } else {
      drive();
    }
  }

  private void drive() {
    driven = true;
    try {
      call.drive(this::attempt, this::done);
    } catch (Throwable fault) {
      untouched(fault);
    }
  }

  /**
   * The application's publisher writes to a connection only, and its body decides which key is
   * taken: so the connection comes first, and the request waits on it.
   */
  private void preview() {
    Attempt first = new Attempt(this, client, call, request, request.uri(), true);
    Mono<Connection> mono;
    try {
      mono = first.connect(config);
    } catch (Throwable fault) {
      call.abandon();
      untouched(fault);
      return;
    }
    preview.set(first);
    client.subscribe(mono, first);
  }

  /** The request lies there, or as much of it as is kept or waited for. */
  void shown() {
    try {
      if (request.recorded().isDecided()) {
        call.shown();
      }
    } catch (Throwable fault) {
      call.abandon();
      untouched(fault);
      return;
    }
    drive();
    if (attempt == null && !application.isOver() && request.recorded().isWhole()) {
      // the key may take its time; no connection is kept for it
      var unused = preview.leave();
    }
  }

  /** Its connection broke while the request lay there. */
  void previewFailed(Throwable thrown) {
    if (!preview.leave()) {
      // its key has come meanwhile: it is an attempt like any other
      failed(thrown, false);
    } else if (!request.isReplayable()) {
      call.abandon();
      application.fail(thrown);
    } else if (!driven) {
      drive();
    }
  }

  private void attempt() {
    if (application.isOver()) {
      call.cancel();
      return;
    }
    Attempt before = attempt;
    Attempt next;
    Mono<Connection> mono;
    try {
      URI target = call.target();
      if (goOn(target)) {
        return;
      }
      next = new Attempt(this, client, call, request, target, false);
      mono = next.connect(config);
    } catch (Throwable fault) {
      call.abandon();
      if (before == null) {
        untouched(fault);
      } else {
        done();
      }
      return;
    }
    failure = null;
    attempt = next;
    if (before != null) {
      before.drop();
    }
    client.subscribe(mono, next);
  }

  private boolean goOn(URI target) {
    Attempt shown = preview.take(target.equals(request.uri()));
    if (shown == null) {
      return false;
    }
    attempt = shown;
    shown.goOn();
    return true;
  }

  /** The client has subscribed. */
  void began(Subscription subscription) {
    upstream = subscription;
    if (application.isCancelled()) {
      subscription.cancel();
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  /** Whether the answer may be followed by another attempt, so that it is to be held. */
  boolean holds(URI from, int status) {
    if (settled || application.isCancelled() || attempt == null) {
      return false;
    }
    call.from(from);
    return call.holds(status);
  }

  void answered(int status, Headers headers, byte[] body) {
    if (application.isCancelled()) {
      return;
    }
    call.answered(status, headers, body);
    call.drive(this::attempt, this::done);
  }

  /** The answer is the application's; null: what it came to has been told. */
  @Nullable AnswerBody passed(URI from, int status, Headers headers) {
    if (settled || application.isCancelled()) {
      return null;
    }
    settled = true;
    if (attempt == null) {
      // it came before the request was sent
      call.abandon();
      return null;
    }
    call.from(from);
    return call.passed(status, headers);
  }

  /**
   * An attempt ended without an answer.
   *
   * @param applications whether that was the application's own doing
   */
  void failed(Throwable thrown, boolean applications) {
    failure = thrown;
    if (settled) {
      done();
    } else if (applications) {
      call.cancel();
      done();
    } else {
      // it names a connection that was closed, and is none of Java's own I/O failures
      call.failed(thrown instanceof AbortedException ? new IOException(thrown) : thrown);
      call.drive(this::attempt, this::done);
    }
  }

  /** The request carries somebody else's credential, or a fault was met: it is sent as it is. */
  void settled() {
    settled = true;
  }

  boolean isSettled() {
    return settled;
  }

  /** The application does not want it any more, so that it has no key either. */
  boolean isCancelled() {
    return application.isCancelled();
  }

  private void done() {
    Attempt last = attempt;
    Throwable thrown = failure;
    if (application.isOver()) {
      return;
    }
    if (last != null && thrown == null) {
      settled = true;
      last.release(call.answerHeaders());
      return;
    }
    RefusedAnswer refused = thrown == null ? call.refused() : null;
    if (refused != null) {
      var unused = preview.leave();
    }
    if (thrown != null) {
      application.fail(thrown);
    } else if (refused != null) {
      application.deliver(KeptAnswer.of(refused));
    } else {
      untouched(new IllegalStateException("no attempt and no refusal"));
    }
  }

  /** As the client would have done it without Rotor. */
  void untouched(Throwable fault) {
    if (!application.isOver()) {
      client.tell(fault);
      untouched();
    }
  }

  void untouched() {
    if (application.isOver()) {
      return;
    }
    settled = true;
    if (goOn(request.uri())) {
      return;
    }
    if (request.recorded().isWhole()) {
      Attempt own = new Attempt(this, client, call, request, request.uri(), false);
      try {
        Mono<Connection> mono = own.connect(config);
        client.subscribe(mono, own);
        return;
      } catch (ReflectiveOperationException fault) {
        client.tell(fault);
      }
    }
    client.subscribe(connect, new Untouched(this, application));
  }

  Application application() {
    return application;
  }

  /** The application gave it up; its key is free at once. */
  @Override
  public void cancel() {
    if (!application.cancel()) {
      return;
    }
    call.cancel();
    Subscription present = upstream;
    if (present != null) {
      present.cancel();
    }
  }
}
