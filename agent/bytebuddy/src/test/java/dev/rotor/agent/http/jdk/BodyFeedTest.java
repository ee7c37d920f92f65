package dev.rotor.agent.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.http.HttpCall;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyFeedTest {

  private final List<Long> asked = new ArrayList<>();
  private boolean cancelled;
  private final Flow.Subscription upstream =
      new Flow.Subscription() {
        @Override
        public void request(long items) {
          asked.add(items);
        }

        @Override
        public void cancel() {
          cancelled = true;
        }
      };

  private static List<ByteBuffer> item(int size) {
    return List.of(ByteBuffer.allocate(size));
  }

  /** Asks for one item at a time, by hand. */
  private static final class Slow implements BodySubscriber<String> {
    private final List<Integer> sizes = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private boolean complete;

    @Override
    public CompletionStage<String> getBody() {
      return CompletableFuture.completedFuture("body");
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      sizes.add(item.stream().mapToInt(ByteBuffer::remaining).sum());
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {
      complete = true;
    }

    Flow.Subscription subscription() {
      return java.util.Objects.requireNonNull(subscription);
    }
  }

  @Test
  void aBodyThatFitsIsHeldAndShownToNobody() {
    HeldBody<String> held =
        new HeldBody<>(
            () -> {
              throw new AssertionError("shown");
            });

    held.onSubscribe(upstream);
    held.onNext(item(10));
    held.onNext(item(5));
    held.onComplete();

    assertThat(held.bytes()).hasSize(15);
    assertThat(asked).containsExactly(1L, 1L, 1L);
    assertThat(held.getBody().toCompletableFuture()).isCompletedWithValue(null);
  }

  @Test
  void aBodyThatGetsTooLongIsGivenAtTheApplicationsPace() {
    Slow slow = new Slow();
    HeldBody<String> held = new HeldBody<>(() -> slow);
    held.onSubscribe(upstream);
    held.onNext(item(HttpCall.MOST_HELD));
    asked.clear();

    held.onNext(item(1));

    assertThat(held.getBody().toCompletableFuture()).isCompletedWithValue("body");
    assertThat(slow.sizes).isEmpty();
    assertThat(asked).isEmpty();
    slow.subscription().request(1);
    assertThat(slow.sizes).containsExactly(HttpCall.MOST_HELD + 1);
    assertThat(asked).isEmpty();
    slow.subscription().request(2);
    assertThat(asked).containsExactly(2L);
    held.onNext(item(7));
    held.onComplete();
    assertThat(slow.sizes).containsExactly(HttpCall.MOST_HELD + 1, 7);
    assertThat(slow.complete).isTrue();
    assertThat(held.bytes()).isNull();
  }

  @Test
  void theApplicationMayCancelWhatIsHandedOn() {
    Slow slow = new Slow();
    HeldBody<String> held = new HeldBody<>(() -> slow);
    held.onSubscribe(upstream);
    held.onNext(item(HttpCall.MOST_HELD + 1));

    slow.subscription().cancel();

    assertThat(cancelled).isTrue();
  }

  @Test
  void unboundedDemandIsPassedOnOnce() {
    HeldBody<byte[]> held = new HeldBody<>(BodySubscribers::ofByteArray);
    held.onSubscribe(upstream);
    asked.clear();
    held.onNext(item(HttpCall.MOST_HELD + 1));
    held.onNext(item(3));
    held.onNext(item(4));
    held.onComplete();

    assertThat(asked).hasSize(1);
    assertThat(held.getBody().toCompletableFuture().join()).hasSize(HttpCall.MOST_HELD + 8);
  }
}
