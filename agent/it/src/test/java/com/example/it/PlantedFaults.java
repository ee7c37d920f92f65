package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.example.it.legacy.RateClient;
import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.CacheKey;
import dev.rotor.annotations.Cached;
import dev.rotor.annotations.LimitBy;
import dev.rotor.annotations.RateLimited;
import dev.rotor.annotations.RotatedApi;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Objects of the application that throw inside the engine. Before the body the call goes through
 * untouched, exactly once; after it, the body's own result stands and the body never runs again.
 */
public class PlantedFaults {

  private final AtomicInteger runs = new AtomicInteger();
  private final Attempts attempts = new Attempts();

  /** Compared with others of its kind it throws once it is told to; all have one hash code. */
  static class Touchy {
    private volatile boolean throwing;

    void beginToThrow() {
      throwing = true;
    }

    @Override
    public boolean equals(Object other) {
      if (throwing) {
        throw new IllegalStateException("planted in equals");
      }
      return this == other;
    }

    @Override
    public int hashCode() {
      return 7;
    }
  }

  static class Unhashable {
    @Override
    public int hashCode() {
      throw new IllegalStateException("planted in hashCode");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("planted in toString");
    }
  }

  @Cached
  int cachedBy(@CacheKey Object key) {
    if (key instanceof Touchy touchy) {
      touchy.beginToThrow();
    }
    return runs.incrementAndGet();
  }

  public void aCacheKeyWithoutAHashCode() {
    assertThat(cachedBy(new Unhashable())).isEqualTo(1);
    assertThat(cachedBy(new Unhashable())).isEqualTo(2);
  }

  @Cached
  CompletableFuture<Integer> cachedLaterBy(@CacheKey Object key) {
    return CompletableFuture.supplyAsync(runs::incrementAndGet);
  }

  public void aCacheKeyWithoutAHashCodeInAFutureMethod() throws Exception {
    assertThat(cachedLaterBy(new Unhashable()).get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @RateLimited(permits = 1, per = "1h")
  int limitedBy(@LimitBy Object value) {
    return runs.incrementAndGet();
  }

  public void aLimitByWithoutAHashCode() {
    Object value = new Unhashable();
    assertThat(limitedBy(value)).isEqualTo(1);
    assertThat(limitedBy(value)).isEqualTo(2);
  }

  public void aLimitByAnAccessorThatThrows() {
    RateClient.User user =
        new RateClient.User("x") {
          @Override
          public String id() {
            throw new IllegalStateException("planted in id");
          }
        };
    RateClient client = new RateClient();
    assertThat(client.limited(user)).isEqualTo(1);
    assertThat(client.limited(user)).isEqualTo(2);
  }

  @RotatedApi("pets")
  @RateLimited(permits = 1, per = "1h")
  int rotatedAndLimitedBy(@LimitBy Object value, @ApiKey String key) {
    attempts.arrive(key);
    return runs.incrementAndGet();
  }

  public void aFaultBeforeTheBodyLeavesTheCallersOwnKey() {
    assertThat(rotatedAndLimitedBy(new Unhashable(), "own")).isEqualTo(1);
    assertThat(attempts.seen()).containsExactly("own");
  }

  public void aFaultWhenTheValueIsStoredRunsTheBodyOnce() {
    assertThat(cachedBy(new Touchy())).isEqualTo(1);
    // is compared with the first when it is looked up, and again when it is stored beside it
    assertThat(cachedBy(new Touchy())).isEqualTo(2);
    assertThat(runs).hasValue(2);
  }

  @Cached
  int slow(@CacheKey Touchy key, CountDownLatch may) throws InterruptedException {
    int run = runs.incrementAndGet();
    assertThat(may.await(20, TimeUnit.SECONDS)).isTrue();
    key.beginToThrow();
    return run;
  }

  public void aFaultWhenTheValueIsStoredReleasesThoseWhoWait() throws Exception {
    CountDownLatch open = new CountDownLatch(0);
    CountDownLatch may = new CountDownLatch(1);
    slow(new Touchy(), open);
    Touchy key = new Touchy();
    FutureTask<Integer> loading = new FutureTask<>(() -> slow(key, may));
    Thread loader = new Thread(loading, "loader");
    loader.start();
    awaitState(loader);
    FutureTask<Integer> waiting = new FutureTask<>(() -> slow(key, open));
    Thread waiter = new Thread(waiting, "waiter");
    waiter.start();
    awaitState(waiter);
    may.countDown();
    assertThat(loading.get(10, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(runs).hasValue(3);
  }

  private static void awaitState(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  public void aCallAfterAFaultIsNoPartOfTheFailedOne() {
    aFaultWhenTheValueIsStoredRunsTheBodyOnce();
    attempts.refuse(2);
    assertThat(rotated("own")).isEqualTo("rotated");
    assertThat(attempts.seen()).hasSize(3).doesNotHaveDuplicates();
  }

  @RotatedApi("pets")
  String rotated(@ApiKey String key) {
    attempts.arrive(key);
    return "rotated";
  }

  static class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("planted in getMessage");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("planted in getCause");
    }

    public int statusCode() {
      throw new IllegalStateException("planted in statusCode");
    }
  }

  public void anExceptionThatCannotBeReadComesOutAfterOneAttempt() {
    Unreadable unreadable = new Unreadable();
    attempts.refuse(1).with(unreadable);
    assertThat(catchThrowable(() -> rotated("own")) == unreadable).isTrue();
    assertThat(attempts.seen()).hasSize(1).doesNotContain("own");
  }

  @RotatedApi("pets")
  CompletableFuture<String> rotatedLater(@ApiKey String key) {
    try {
      attempts.arrive(key);
      return CompletableFuture.completedFuture("rotated");
    } catch (Unreadable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  public void anExceptionThatCannotBeReadFailsTheFutureAfterOneAttempt() throws Exception {
    attempts.refuse(1).with(new Unreadable());
    boolean failed =
        rotatedLater("own").handle((value, failure) -> failure != null).get(20, TimeUnit.SECONDS);
    assertThat(failed).isTrue();
    assertThat(attempts.seen()).hasSize(1).doesNotContain("own");
  }

  @Cached
  CompletableFuture<Integer> cachedLater(@CacheKey Touchy key) {
    return CompletableFuture.supplyAsync(
        () -> {
          key.beginToThrow();
          return runs.incrementAndGet();
        });
  }

  public void aFaultWhenTheValueOfAFutureIsStored() throws Exception {
    assertThat(cachedLater(new Touchy()).get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(cachedLater(new Touchy()).get(20, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(runs).hasValue(2);
  }

  @Cached
  CompletableFuture<Integer> ofSource(@CacheKey Object key, CompletableFuture<Integer> source) {
    runs.incrementAndGet();
    return source;
  }

  public void aFaultAfterAWaitForALoadRunsTheWaitingCallOnItsOwn() throws Exception {
    CompletableFuture<Integer> source = new CompletableFuture<>();
    Touchy key = new Touchy();
    ofSource(new Touchy(), CompletableFuture.completedFuture(1)).get(20, TimeUnit.SECONDS);
    CompletableFuture<Integer> loading = ofSource(key, source);
    CompletableFuture<Integer> waiting = ofSource(key, source);
    assertThat(runs).hasValue(2);
    key.beginToThrow();
    source.complete(42);
    assertThat(loading.get(20, TimeUnit.SECONDS)).isEqualTo(42);
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(42);
    assertThat(runs).hasValue(3);
  }

  /** Cannot be listened to; does not say why. */
  static class Deaf extends CompletableFuture<String> {
    @Override
    public <U> CompletableFuture<U> handle(
        BiFunction<? super String, Throwable, ? extends U> action) {
      throw new UnsupportedOperationException("planted in handle");
    }
  }

  @RotatedApi("pets")
  CompletableFuture<String> deaf(CompletableFuture<String> own, @ApiKey String key) {
    runs.incrementAndGet();
    return own;
  }

  public void aFutureThatCannotBeListenedToIsHandedThrough() {
    Deaf own = new Deaf();
    assertThat(deaf(own, "own") == own).isTrue();
    assertThat(runs).hasValue(1);
  }
}
