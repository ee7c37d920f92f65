package dev.rotor.agent.http.jdk;

import dev.rotor.runtime.http.HttpCall;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds a body in memory. One that gets too long is the application's after all: its subscriber
 * receives what was held, then the rest as it comes. Used as the client uses a subscriber, by one
 * thread at a time.
 */
final class HeldBody<T> implements BodySubscriber<T> {

  private final Supplier<BodySubscriber<T>> application;
  private final CompletableFuture<T> body = new CompletableFuture<>();
  private final List<ByteBuffer> held = new ArrayList<>();
  private int size;
  private Flow.@Nullable Subscription subscription;
  private @Nullable BodyFeed<T> handedOn;
  private volatile byte @Nullable [] bytes;

  /**
   * Starts empty.
   *
   * @param application makes the application's own subscriber; asked once at most
   */
  HeldBody(Supplier<BodySubscriber<T>> application) {
    this.application = application;
  }

  /** The whole body; null: it is not complete, or handed on. */
  byte @Nullable [] bytes() {
    return bytes;
  }

  @Override
  public CompletionStage<T> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription upstream) {
    if (subscription != null) {
      upstream.cancel();
      return;
    }
    subscription = upstream;
    upstream.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    Flow.Subscription upstream = subscription;
    if (handedOn != null || upstream == null) {
      if (handedOn != null) {
        handedOn.next(item);
      }
      return;
    }
    for (ByteBuffer part : item) {
      size += part.remaining();
      held.add(part);
    }
    if (size <= HttpCall.MOST_HELD) {
      upstream.request(1);
      return;
    }
    try {
      BodySubscriber<T> subscriber = application.get();
      BodyFeed<T> feed = new BodyFeed<>(subscriber, held);
      handedOn = feed;
      feed.start(upstream);
      feed.body(body);
    } catch (Throwable thrown) {
      upstream.cancel();
      body.completeExceptionally(thrown);
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (handedOn != null) {
      handedOn.error(failure);
    } else {
      body.completeExceptionally(failure);
    }
  }

  @Override
  public void onComplete() {
    if (handedOn != null) {
      handedOn.complete();
      return;
    }
    ByteBuffer whole = ByteBuffer.allocate(size);
    held.forEach(whole::put);
    bytes = whole.array();
    completeWithNothing(body);
  }

  /** What the client makes of a held answer is never shown; its body comes later. */
  @SuppressWarnings("NullAway")
  private static <T> void completeWithNothing(CompletableFuture<T> body) {
    body.complete(null);
  }
}
