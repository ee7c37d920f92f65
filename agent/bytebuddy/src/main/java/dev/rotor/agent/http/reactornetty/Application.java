package dev.rotor.agent.http.reactornetty;

import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;
import reactor.util.context.Context;

/** What the application is told of an exchange: one thing, unless it has cancelled. Thread-safe. */
final class Application {

  private final CoreSubscriber<? super Connection> subscriber;
  private final HttpClientConfig config;
  private final OwnRequest request;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean cancelled;

  Application(
      CoreSubscriber<? super Connection> subscriber, HttpClientConfig config, OwnRequest request) {
    this.subscriber = subscriber;
    this.config = config;
    this.request = request;
  }

  void begin(Subscription subscription) {
    subscriber.onSubscribe(subscription);
  }

  Context context() {
    return subscriber.currentContext();
  }

  /** It does not want it any more; false: it has it. */
  boolean cancel() {
    if (ended.get()) {
      return false;
    }
    cancelled = true;
    return true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** It has been told how the exchange ended, or does not want to be told. */
  boolean isOver() {
    return cancelled || ended.get();
  }

  void deliver(Connection connection) {
    if (cancelled) {
      connection.dispose();
    } else if (ended.compareAndSet(false, true)) {
      subscriber.onNext(connection);
      subscriber.onComplete();
    }
  }

  /** An answer whose connection is closed, or that never had one. */
  void deliver(KeptAnswer answer) {
    new LocalConnection(config, request, context()).open(answer, this::deliver, this::fail);
  }

  void fail(Throwable thrown) {
    if (!cancelled && ended.compareAndSet(false, true)) {
      subscriber.onError(thrown);
    }
  }
}
