package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.RotatedApi;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Cancelling what a call returned cancels the attempt that is under way. */
public class Cancelling {

  /** What the client under the method returned, one for each attempt. */
  private final List<CompletableFuture<String>> exchanges = new CopyOnWriteArrayList<>();

  @RotatedApi("pets")
  CompletableFuture<String> fetch(@ApiKey String key) {
    CompletableFuture<String> exchange = new CompletableFuture<>();
    exchanges.add(exchange);
    return exchange;
  }

  @RotatedApi("pets")
  CompletionStage<String> stage(@ApiKey String key) {
    return fetch(key);
  }

  public void cancelOfTheReturnedFuture() {
    CompletableFuture<String> future = fetch("own");
    assertThat(future.cancel(true)).isTrue();
    assertThat(future).isCancelled();
    assertThat(exchanges).singleElement().satisfies(it -> assertThat(it).isCancelled());
    assertThat(catchThrowable(future::join)).isInstanceOf(CancellationException.class);
  }

  public void cancelOfADerivedFuture() {
    CompletableFuture<Integer> derived = fetch("own").thenApply(String::length);
    assertThat(derived.cancel(true)).isTrue();
    assertThat(exchanges).singleElement().satisfies(it -> assertThat(it).isCancelled());
  }

  public void cancelThroughAStage() {
    assertThat(stage("own").toCompletableFuture().cancel(true)).isTrue();
    assertThat(exchanges).singleElement().satisfies(it -> assertThat(it).isCancelled());
  }

  public void cancelReachesTheSecondAttempt() throws Exception {
    CompletableFuture<String> future = fetch("own");
    exchanges.get(0).completeExceptionally(new ProviderException(429));
    CompletableFuture<String> second = awaitExchange(1);
    assertThat(future.isDone()).isFalse();
    future.cancel(false);
    assertThat(second).isCancelled();
    assertThat(exchanges).hasSize(2);
  }

  public void aCancelledCallIsNotTriedAgain() {
    CompletableFuture<String> future = fetch("own");
    future.cancel(true);
    exchanges.get(0).completeExceptionally(new ProviderException(429));
    assertThat(exchanges).hasSize(1);
  }

  public void anExchangeThatTheClientCancelsIsNotTriedAgain() {
    CompletableFuture<String> future = fetch("own");
    exchanges.get(0).cancel(true);
    assertThat(catchThrowable(() -> future.get(20, TimeUnit.SECONDS)))
        .isInstanceOf(CancellationException.class);
    assertThat(exchanges).hasSize(1);
  }

  public void aFutureThatTheApplicationCompletesItselfStaysSo() throws Exception {
    CompletableFuture<String> future = fetch("own");
    future.complete("the application's");
    exchanges.get(0).complete("the client's");
    assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("the application's");
  }

  private CompletableFuture<String> awaitExchange(int index) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (exchanges.size() <= index) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(1);
    }
    return exchanges.get(index);
  }
}
