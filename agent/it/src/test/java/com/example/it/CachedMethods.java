package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.CacheKey;
import dev.rotor.annotations.Cached;
import dev.rotor.annotations.RotatedApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code @Cached} promises. */
public class CachedMethods {

  private final AtomicInteger loads = new AtomicInteger();

  @Cached("answers")
  List<String> answer(String question) {
    return new ArrayList<>(List.of(question, String.valueOf(loads.incrementAndGet())));
  }

  public void aHitIsTheSameInstance() {
    List<String> first = answer("why");
    assertThat(answer(new String("why"))).isSameAs(first);
    assertThat(answer("how")).isNotSameAs(first);
    assertThat(loads).hasValue(2);
  }

  public void eachReceiverHasValuesOfItsOwn() {
    List<String> first = answer("why");
    assertThat(new CachedMethods().answer("why")).isNotSameAs(first);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CachedMethods;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Cached(ttl = "1h", maxEntries = 10)
  String keyed(@CacheKey String question, Object id) {
    return question + id + loads.incrementAndGet();
  }

  public void onlyMarkedParametersMakeTheKey() {
    assertThat(keyed("why", 1)).isEqualTo("why11");
    assertThat(keyed("why", 2)).isEqualTo("why11");
    assertThat(loads).hasValue(1);
  }

  @Cached
  static int square(AtomicInteger loads, int value) {
    loads.incrementAndGet();
    return value * value;
  }

  public void aStaticMethodWithPrimitives() {
    assertThat(square(loads, 3)).isEqualTo(9);
    assertThat(square(loads, 3)).isEqualTo(9);
    assertThat(square(loads, 4)).isEqualTo(16);
    assertThat(loads).hasValue(2);
  }

  @Cached
  String ofArray(int[] values) {
    loads.incrementAndGet();
    return java.util.Arrays.toString(values);
  }

  public void arraysAreComparedByTheirContents() {
    assertThat(ofArray(new int[] {1, 2})).isEqualTo("[1, 2]");
    assertThat(ofArray(new int[] {1, 2})).isEqualTo("[1, 2]");
    assertThat(ofArray(new int[] {1, 3})).isEqualTo("[1, 3]");
    assertThat(loads).hasValue(2);
  }

  @Cached
  String nothing(String question) {
    loads.incrementAndGet();
    return null;
  }

  public void nullIsNotCached() {
    assertThat(nothing("why")).isNull();
    assertThat(nothing("why")).isNull();
    assertThat(loads).hasValue(2);
  }

  @Cached
  void act(String what) {
    loads.incrementAndGet();
  }

  public void aMethodThatReturnsNothingAlwaysRuns() {
    act("now");
    act("now");
    assertThat(loads).hasValue(2);
  }

  @Cached
  String failing(RuntimeException failure) {
    loads.incrementAndGet();
    throw failure;
  }

  public void whatAMethodThrowsIsNotCachedAndTheSameInstance() {
    RuntimeException failure = new IllegalStateException("the application's own");
    assertThat(catchThrowable(() -> failing(failure))).isSameAs(failure);
    assertThat(catchThrowable(() -> failing(failure))).isSameAs(failure);
    assertThat(loads).hasValue(2);
  }

  @Cached
  int fibonacci(int n) {
    loads.incrementAndGet();
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }

  public void aRecursiveMethodMeetsItsOwnValues() {
    assertThat(fibonacci(20)).isEqualTo(6765);
    assertThat(loads).hasValue(21);
  }

  @Cached
  String ofItself(int depth, @CacheKey String key) {
    loads.incrementAndGet();
    return depth == 0 ? key : ofItself(depth - 1, key);
  }

  public void aLoadThatNeedsItselfDoesNotWaitForItself() {
    assertThat(ofItself(3, "x")).isEqualTo("x");
    assertThat(loads).hasValue(4);
  }

  @Cached
  String slow(String question, CountDownLatch[] may) throws InterruptedException {
    loads.incrementAndGet();
    assertThat(may[0].await(20, TimeUnit.SECONDS)).isTrue();
    return "slow " + question;
  }

  public void concurrentCallsLoadOnce() throws Exception {
    CountDownLatch[] may = {new CountDownLatch(1)};
    List<FutureTask<String>> calls = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      FutureTask<String> call = new FutureTask<>(() -> slow("why", may));
      calls.add(call);
      threads.add(new Thread(call, "caller-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        assertThat(thread.isAlive()).isTrue();
        Thread.onSpinWait();
      }
    }
    may[0].countDown();
    String first = calls.get(0).get(20, TimeUnit.SECONDS);
    for (FutureTask<String> call : calls) {
      assertThat(call.get(20, TimeUnit.SECONDS)).isSameAs(first);
    }
    assertThat(loads).hasValue(1);
  }

  @Cached
  CompletableFuture<List<String>> later(String question, CompletableFuture<List<String>> source) {
    loads.incrementAndGet();
    return source;
  }

  public void theValueOfAFutureIsCachedAndEachCallerHasAFutureOfItsOwn() throws Exception {
    CompletableFuture<List<String>> source = new CompletableFuture<>();
    CompletableFuture<List<String>> first = later("why", source);
    CompletableFuture<List<String>> second = later("why", source);
    assertThat(second).isNotSameAs(first).isNotDone();
    List<String> value = new ArrayList<>();
    source.complete(value);
    assertThat(first.get(20, TimeUnit.SECONDS)).isSameAs(value);
    assertThat(second.get(20, TimeUnit.SECONDS)).isSameAs(value);
    assertThat(later("why", source).get(20, TimeUnit.SECONDS)).isSameAs(value);
    assertThat(loads).hasValue(1);
  }

  @Cached
  CompletableFuture<String> failingLater(String question) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("load " + loads.incrementAndGet()));
  }

  public void aFutureThatFailedIsNotCached() {
    assertThat(catchThrowable(() -> failingLater("why").join())).hasMessageContaining("load 1");
    assertThat(catchThrowable(() -> failingLater("why").join())).hasMessageContaining("load 2");
  }

  @RotatedApi("pets")
  @Cached
  String rotatedAndCached(@CacheKey String question, Attempts attempts, @ApiKey String key) {
    attempts.arrive(key);
    return question + loads.incrementAndGet();
  }

  public void aCachedMethodThatRotatesRunsOnceForEachKeyAndThenNoMore() {
    Attempts attempts = new Attempts().refuse(2);
    assertThat(rotatedAndCached("why", attempts, "own")).isEqualTo("why1");
    assertThat(rotatedAndCached("why", attempts, "own")).isEqualTo("why1");
    assertThat(attempts.seen()).hasSize(3).doesNotHaveDuplicates().doesNotContain("own");
  }

  @Cached(ttl = "20ms")
  int passing() {
    return loads.incrementAndGet();
  }

  public void aValueIsLoadedAgainWhenItsTimeIsOver() {
    assertThat(passing()).isEqualTo(1);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (passing() == 1) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
    assertThat(loads).hasValue(2);
  }
}
