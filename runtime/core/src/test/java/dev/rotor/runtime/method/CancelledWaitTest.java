package dev.rotor.runtime.method;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.call.Faults;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.testing.TestEngine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An application that gives a future up, as one does that is undeployed, is let go at once. */
class CancelledWaitTest {

  private final TestEngine engine =
      new TestEngine(
          """
          apis:
            a:
              profile: generic-bearer
              base-url: https://a.example
              wait: {max: 5m}
              deadline: 10m
              keys: [{name: one, secret: s1, limits: {requests: 1/1m}}]
          """);
  private final FutureCalls calls = new FutureCalls(engine.interception(), new Faults(), false);
  private final Object result = CompletableFuture.completedFuture("a value");
  private int bodies;

  @Test
  void nothingOfACancelledCallStaysWithTheTimer() {
    assertThat(call()).isDone();
    CompletableFuture<?> waiting = call();
    assertThat(waiting).isNotDone();
    assertThat(engine.time().pending()).isEqualTo(1);

    waiting.cancel(true);

    engine.time().runDue();
    assertThat(engine.time().pending()).isZero();
    assertThat(waiting).isCancelled();
    assertThat(bodies).isEqualTo(1);
  }

  @Test
  void othersGoOnWaiting() {
    assertThat(call()).isDone();
    CompletableFuture<?> cancelled = call();
    CompletableFuture<?> waiting = call();

    cancelled.cancel(true);
    engine.time().runAll();

    assertThat((Object) waiting.join()).isEqualTo("a value");
    assertThat(engine.clock().elapsed()).isGreaterThan(Duration.ofSeconds(30));
    assertThat(bodies).isEqualTo(2);
  }

  private CompletableFuture<?> call() {
    MethodShape shape = new MethodShape(true, false, 0, -1);
    @Nullable Object[] begun =
        requireNonNull(
            calls.begin(
                engine.site("later", Plan.rotating(engine.api("a"), true)),
                shape,
                arguments -> body(),
                null,
                new Object[] {"its own"}));
    return (CompletableFuture<?>) requireNonNull(begun[0]);
  }

  private Object body() {
    bodies++;
    return result;
  }
}
