package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.RotatedApi;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Methods that return futures rotate without blocking, whatever they are and however they fail. */
public class FutureMethods {

  private final Attempts attempts = new Attempts().refuse(2);

  private void rotated() {
    assertThat(attempts.seen()).hasSize(3).doesNotHaveDuplicates().doesNotContain("own");
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Fails or completes on another thread, as a client's own would. */
  private CompletableFuture<String> later(String key, String value) {
    return CompletableFuture.supplyAsync(
        () -> {
          attempts.arrive(key);
          return value;
        });
  }

  @RotatedApi("pets")
  CompletableFuture<String> failingLater(@ApiKey String key) {
    return later(key, "completed");
  }

  public void aFailureOnAnotherThread() throws Exception {
    assertThat(get(failingLater("own"))).isEqualTo("completed");
    rotated();
  }

  @RotatedApi("pets")
  CompletableFuture<String> failed(@ApiKey String key) {
    try {
      attempts.arrive(key);
      return CompletableFuture.completedFuture("completed");
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  public void aFutureThatHasFailedAlready() throws Exception {
    assertThat(get(failed("own"))).isEqualTo("completed");
    rotated();
  }

  @RotatedApi("pets")
  CompletableFuture<String> throwingFirst(@ApiKey String key) {
    attempts.arrive(key);
    return CompletableFuture.completedFuture("completed");
  }

  public void aMethodThatThrowsBeforeItHasAFuture() throws Exception {
    assertThat(get(throwingFirst("own"))).isEqualTo("completed");
    rotated();
  }

  public void whatIsThrownInTheEndIsThrownAtOnceAndTheSameInstance() {
    IllegalArgumentException own = new IllegalArgumentException("the application's own");
    attempts.refuse(1).with(own);
    assertThat(catchThrowable(() -> throwingFirst("own"))).isSameAs(own);
    assertThat(attempts.seen()).hasSize(1);
  }

  public void whatFailsTheFutureInTheEndIsTheSameInstance() {
    IllegalArgumentException own = new IllegalArgumentException("the application's own");
    attempts.refuse(1).with(own);
    CompletableFuture<String> future = failed("own");
    assertThat(catchThrowable(() -> get(future)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(own);
    assertThat(future.handle((value, failure) -> failure).join()).isSameAs(own);
  }

  @RotatedApi("pets")
  private static CompletionStage<String> staticStage(Attempts attempts, @ApiKey String key) {
    attempts.arrive(key);
    return CompletableFuture.completedStage("completed");
  }

  public void aPrivateStaticMethodThatReturnsAStage() throws Exception {
    assertThat(get(staticStage(attempts, "own"))).isEqualTo("completed");
    rotated();
  }

  interface Client<T> {
    @RotatedApi("pets")
    CompletionStage<T> fetch(T input, @ApiKey String key);
  }

  final class StringClient implements Client<String> {
    @Override
    public CompletableFuture<String> fetch(String input, String key) {
      return later(key, input);
    }
  }

  public void anImplementationWithBridgesOfAGenericInterface() throws Exception {
    Client<String> client = new StringClient();
    assertThat(get(client.fetch("input", "own"))).isEqualTo("input");
    rotated();
  }

  class Parent {
    @RotatedApi("pets")
    CompletableFuture<String> fetch(@ApiKey String key) {
      return later(key, "parent's");
    }
  }

  class Child extends Parent {
    @Override
    CompletableFuture<String> fetch(String key) {
      return super.fetch(key).thenApply(it -> it + " child");
    }
  }

  public void anOverridingMethodThatCallsTheMarkedOneAbove() throws Exception {
    assertThat(get(new Child().fetch("own"))).isEqualTo("parent's child");
    rotated();
  }

  @RotatedApi("pets")
  CompletableFuture<Long> wide(long a, double b, @ApiKey String key, int[] c) {
    return later(key, "").thenApply(it -> a + (long) b + c[0]);
  }

  public void primitivesAndArrays() throws Exception {
    assertThat(get(wide(1, 2.0, "own", new int[] {3}))).isEqualTo(6);
    rotated();
  }

  @RotatedApi("pets")
  CompletableFuture<String> varargs(@ApiKey String key, String... parts) {
    return later(key, String.join("+", parts));
  }

  public void variableArguments() throws Exception {
    assertThat(get(varargs("own", "a", "b"))).isEqualTo("a+b");
    rotated();
  }

  @RotatedApi("pets")
  static CompletableFuture<String> staticVarargs(
      Attempts attempts, @ApiKey String key, String... parts) {
    attempts.arrive(key);
    return CompletableFuture.completedFuture(String.join("+", parts));
  }

  public void variableArgumentsOfAStaticMethod() throws Exception {
    assertThat(get(staticVarargs(attempts, "own", "a", "b"))).isEqualTo("a+b");
    rotated();
  }

  public void noVariableArgumentsOfAStaticMethod() throws Exception {
    assertThat(get(staticVarargs(attempts, "own"))).isEmpty();
    rotated();
  }

  @RotatedApi("pets")
  CompletableFuture<String> changing(@ApiKey String key, String text) {
    String seen = text;
    text = "changed";
    return later(key, seen + " " + text);
  }

  public void parametersThatTheBodyChangesAreTheCallersAgain() throws Exception {
    assertThat(get(changing("own", "x"))).isEqualTo("x changed");
    rotated();
  }

  @RotatedApi("pets")
  CompletableFuture<String> nothing(@ApiKey String key) {
    return null;
  }

  public void aNullInPlaceOfAFutureStaysNull() {
    assertThat(nothing("own")).isNull();
  }

  @RotatedApi("pets")
  CompletableFuture<Void> completingWithNull(@ApiKey String key) {
    return later(key, "").thenApply(it -> null);
  }

  public void aFutureThatCompletesWithNull() throws Exception {
    assertThat(get(completingWithNull("own"))).isNull();
    rotated();
  }

  @RotatedApi("pets")
  Future<String> otherFuture(FutureTask<String> task, @ApiKey String key) {
    attempts.arrive(key);
    return task;
  }

  public void anyOtherFutureIsHandedThroughAsItIs() {
    FutureTask<String> task = new FutureTask<>(() -> "never");
    assertThat(otherFuture(task, "own")).isSameAs(task);
    rotated();
  }

  static final class OwnFuture<T> extends CompletableFuture<T> {}

  @RotatedApi("pets")
  OwnFuture<String> ownType(OwnFuture<String> future, @ApiKey String key) {
    attempts.arrive(key);
    return future;
  }

  public void aFutureOfTheApplicationsOwnTypeIsHandedThroughAsItIs() {
    OwnFuture<String> future = new OwnFuture<>();
    assertThat(ownType(future, "own")).isSameAs(future);
    rotated();
  }

  @RotatedApi("resting")
  CompletableFuture<String> waiting(@ApiKey String key) {
    return later(key, "completed");
  }

  public void waitingForAKeyBlocksNobody() throws Exception {
    attempts
        .refuse(1)
        .with(new IllegalStateException("too many requests, please try again in 200ms"));
    CompletableFuture<String> future = waiting("own");
    boolean doneAtOnce = future.isDone();
    assertThat(get(future)).isEqualTo("completed");
    assertThat(doneAtOnce).isFalse();
    assertThat(attempts.seen()).containsExactly("omega", "omega");
  }

  @RotatedApi("pets")
  synchronized CompletableFuture<String> underMonitor(@ApiKey String key) {
    assertThat(Thread.holdsLock(this)).isTrue();
    return later(key, "completed");
  }

  public void aSynchronizedMethodThatReturnsAFuture() throws Exception {
    assertThat(get(underMonitor("own"))).isEqualTo("completed");
    rotated();
  }

  @RotatedApi("pets")
  CompletableFuture<String> recursive(int depth, @ApiKey String key) {
    return depth > 0
        ? recursive(depth - 1, "own").thenApply(it -> depth + " " + it)
        : later(key, "bottom");
  }

  public void aRecursiveMethod() throws Exception {
    assertThat(get(recursive(2, "own"))).isEqualTo("2 1 bottom");
    rotated();
  }
}
