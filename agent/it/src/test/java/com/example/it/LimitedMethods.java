package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.annotations.LimitBy;
import dev.rotor.annotations.LimitExceededException;
import dev.rotor.annotations.RateLimited;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code @RateLimited} promises. */
public class LimitedMethods {

  private final AtomicInteger runs = new AtomicInteger();

  @RateLimited(permits = 2, per = "1h")
  int twice() {
    return runs.incrementAndGet();
  }

  public void aCallOverTheLimitIsRefusedWithoutHavingRun() {
    assertThat(twice()).isEqualTo(1);
    assertThat(twice()).isEqualTo(2);
    assertThat(catchThrowable(this::twice))
        .isExactlyInstanceOf(LimitExceededException.class)
        .hasMessageContaining("LimitedMethods#twice()")
        .hasMessageContaining("the next permit comes in");
    assertThat(runs).hasValue(2);
  }

  @RateLimited(permits = 1, per = "1h")
  int perUser(@LimitBy String user, String query) {
    return runs.incrementAndGet();
  }

  public void eachValueHasALimitOfItsOwn() {
    perUser("a", "1");
    perUser("b", "2");
    assertThat(catchThrowable(() -> perUser("a", "3"))).isInstanceOf(LimitExceededException.class);
    assertThat(runs).hasValue(2);
  }

  public void nullIsAValueOfItsOwn() {
    perUser(null, "1");
    assertThat(catchThrowable(() -> perUser(null, "2"))).isInstanceOf(LimitExceededException.class);
  }

  @RateLimited(permits = 1, per = "100ms", maxWait = "20s")
  void waiting() {
    runs.incrementAndGet();
  }

  public void aCallWaitsForItsPermit() {
    long start = System.nanoTime();
    waiting();
    waiting();
    waiting();
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(150));
    assertThat(runs).hasValue(3);
  }

  public void aWaitIsEndedByAnInterrupt() {
    waiting();
    Thread.currentThread().interrupt();
    Throwable thrown = catchThrowable(this::waiting);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).hasMessageContaining("interrupted while it waited");
    assertThat(runs).hasValue(1);
  }

  @RateLimited("shared")
  int first() {
    return runs.incrementAndGet();
  }

  @RateLimited("shared")
  int second() {
    return runs.incrementAndGet();
  }

  public void aNamedLimitIsSharedByThoseWhoNameIt() {
    first();
    second();
    assertThat(catchThrowable(this::first))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("`shared`");
    assertThat(runs).hasValue(2);
  }

  @RateLimited(permits = 1, per = "1h", maxWait = "1h")
  synchronized int underMonitor() {
    return runs.incrementAndGet();
  }

  public void aSynchronizedMethodNeverWaitsForAPermit() {
    underMonitor();
    assertThat(catchThrowable(this::underMonitor)).isInstanceOf(LimitExceededException.class);
  }

  @RateLimited(permits = 1, per = "1h")
  int recursive(int depth) {
    return depth == 0 ? runs.incrementAndGet() : recursive(depth - 1);
  }

  public void aRecursiveCallTakesOnePermit() {
    assertThat(recursive(3)).isEqualTo(1);
    assertThat(catchThrowable(() -> recursive(0))).isInstanceOf(LimitExceededException.class);
  }

  @RateLimited(permits = 1, per = "1h")
  CompletableFuture<Integer> future() {
    return CompletableFuture.supplyAsync(runs::incrementAndGet);
  }

  public void aFutureMethodOverItsLimitReturnsAFailedFuture() {
    assertThat(future().join()).isEqualTo(1);
    assertThat(catchThrowable(() -> future().join()))
        .isInstanceOf(CompletionException.class)
        .hasCauseExactlyInstanceOf(LimitExceededException.class);
    assertThat(runs).hasValue(1);
  }

  @RateLimited(permits = 1, per = "100ms", maxWait = "20s")
  CompletableFuture<Integer> waitingFuture() {
    return CompletableFuture.completedFuture(runs.incrementAndGet());
  }

  public void aFutureMethodWaitsForItsPermitWithoutItsCaller() {
    assertThat(waitingFuture().join()).isEqualTo(1);
    CompletableFuture<Integer> second = waitingFuture();
    boolean doneAtOnce = second.isDone();
    assertThat(second.join()).isEqualTo(2);
    assertThat(doneAtOnce).isFalse();
  }

  @RateLimited(permits = 1, per = "1h")
  long wide(long a, double b, byte c) {
    return a + (long) b + c + runs.incrementAndGet();
  }

  public void aRefusedMethodThatReturnsAPrimitive() {
    assertThat(wide(1, 2, (byte) 3)).isEqualTo(7);
    assertThat(catchThrowable(() -> wide(1, 2, (byte) 3)))
        .isInstanceOf(LimitExceededException.class);
  }
}
