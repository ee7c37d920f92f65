package dev.rotor.agent.http.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request's body. Only the JDK's own publishers over memory or a file are known
 * to give the same bytes again; what an application, an iterable or a stream gives may be gone.
 */
final class Publishers {

  private static final String PUBLISHERS = "jdk.internal.net.http.RequestPublishers$";
  private static final Set<String> IN_MEMORY =
      Set.of(
          PUBLISHERS + "ByteArrayPublisher",
          PUBLISHERS + "StringPublisher",
          PUBLISHERS + "EmptyPublisher");
  private static final String FILE = PUBLISHERS + "FilePublisher";

  private Publishers() {}

  static boolean isReplayable(BodyPublisher publisher) {
    return isInMemory(publisher) || publisher.getClass().getName().equals(FILE);
  }

  private static boolean isInMemory(BodyPublisher publisher) {
    return IN_MEMORY.contains(publisher.getClass().getName());
  }

  /** The body, when it lies in memory and is not longer than {@code limit}; else null. */
  static byte @Nullable [] content(BodyPublisher publisher, int limit) {
    long length = publisher.contentLength();
    if (!isInMemory(publisher) || length < 0 || length > limit) {
      return null;
    }
    Content content = new Content((int) length);
    publisher.subscribe(content);
    return content.complete ? content.bytes.array() : null;
  }

  /** Publishers over memory publish on the thread that subscribes. */
  private static final class Content implements Flow.Subscriber<ByteBuffer> {
    private final ByteBuffer bytes;
    private boolean complete;

    Content(int length) {
      bytes = ByteBuffer.allocate(length);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer item) {
      bytes.put(item);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {
      complete = !bytes.hasRemaining();
    }
  }
}
