package dev.rotor.agent.http.jdk;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives the application's subscriber what was held, and then what still comes, by its own demand.
 * Signals are given one after the other, by whichever thread is there (Reactive Streams, rule 1.3);
 * demand may come from any thread.
 */
final class BodyFeed<T> implements Flow.Subscription {

  private final BodySubscriber<T> application;
  private final Queue<List<ByteBuffer>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger work = new AtomicInteger();
  private volatile Flow.@Nullable Subscription upstream;
  private volatile boolean complete;
  private volatile @Nullable Throwable failure;
  private volatile boolean ended;
  // asked for above and not come yet; and whether what was held is still to be given
  private long outstanding;
  private boolean beginning;

  /**
   * Starts with what was held, as one item.
   *
   * @param held not changed any more
   */
  BodyFeed(BodySubscriber<T> application, List<ByteBuffer> held) {
    this.application = application;
    if (!held.isEmpty()) {
      waiting.add(List.copyOf(held));
      beginning = true;
    }
  }

  /** Applies a handler to an answer that is there as a whole. */
  static <T> CompletableFuture<T> whole(BodyHandler<T> handler, ResponseInfo info, byte[] bytes) {
    CompletableFuture<T> body = new CompletableFuture<>();
    try {
      List<ByteBuffer> held =
          bytes.length == 0 ? List.of() : List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
      BodyFeed<T> feed = new BodyFeed<>(handler.apply(info), held);
      feed.start(null);
      feed.complete();
      feed.body(body);
    } catch (Throwable thrown) {
      body.completeExceptionally(thrown);
    }
    return body;
  }

  /**
   * Subscribes the application's subscriber.
   *
   * @param rest where more comes from; null: from nowhere
   */
  void start(Flow.@Nullable Subscription rest) {
    upstream = rest;
    application.onSubscribe(this);
  }

  /** Completes {@code target} with what the application's subscriber makes of the body. */
  void body(CompletableFuture<T> target) {
    CompletionStage<T> body = application.getBody();
    var unused =
        body.whenComplete(
            (value, thrown) -> {
              if (thrown != null) {
                target.completeExceptionally(thrown);
              } else {
                target.complete(value);
              }
            });
  }

  void next(List<ByteBuffer> item) {
    waiting.add(item);
    drain();
  }

  void error(Throwable thrown) {
    failure = thrown;
    complete();
  }

  void complete() {
    complete = true;
    drain();
  }

  @Override
  public void request(long items) {
    if (items <= 0) {
      failure = new IllegalArgumentException("non-positive request: " + items);
      complete = true;
      waiting.clear();
    } else {
      demand.accumulateAndGet(items, BodyFeed::add);
    }
    drain();
  }

  private static long add(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  @Override
  public void cancel() {
    ended = true;
    waiting.clear();
    Flow.Subscription above = upstream;
    if (above != null) {
      above.cancel();
    }
  }

  private void drain() {
    if (work.getAndIncrement() != 0) {
      return;
    }
    int missed = 1;
    do {
      step();
      missed = work.addAndGet(-missed);
    } while (missed != 0);
  }

  private void step() {
    List<ByteBuffer> item;
    while (!ended && demand.get() > 0 && (item = waiting.poll()) != null) {
      demand.decrementAndGet();
      if (beginning) {
        beginning = false;
      } else {
        outstanding--;
      }
      application.onNext(item);
    }
    if (ended) {
      return;
    }
    if (complete && waiting.isEmpty()) {
      end();
      return;
    }
    long more = demand.get() - outstanding;
    Flow.Subscription above = upstream;
    if (above != null && waiting.isEmpty() && more > 0) {
      outstanding += more;
      above.request(more);
    }
  }

  private void end() {
    ended = true;
    Throwable thrown = failure;
    if (thrown != null) {
      application.onError(thrown);
    } else {
      application.onComplete();
    }
  }
}
