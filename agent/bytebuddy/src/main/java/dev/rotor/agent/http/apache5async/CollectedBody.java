package dev.rotor.agent.http.apache5async;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** Takes in a body that its producer has at hand. */
final class CollectedBody implements DataStreamChannel {

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final int limit;
  private boolean ended;

  private CollectedBody(int limit) {
    this.limit = limit;
  }

  /** Null: it can be had once only, is not at hand, or is longer than {@code limit}. */
  static byte @Nullable [] of(AsyncEntityProducer producer, int limit) {
    long length = producer.getContentLength();
    if (!producer.isRepeatable() || length < 0 || length > limit) {
      return null;
    }
    CollectedBody body = new CollectedBody(limit);
    try {
      int before;
      do {
        before = body.content.size();
        producer.produce(body);
      } while (!body.ended && body.content.size() > before && body.content.size() <= limit);
    } catch (IOException | RuntimeException unreadable) {
      return null;
    } finally {
      producer.releaseResources();
    }
    return body.ended && body.content.size() <= limit ? body.content.toByteArray() : null;
  }

  @Override
  public void requestOutput() {
    // whoever produces later is not at hand
  }

  @Override
  public int write(ByteBuffer source) {
    int count = Math.min(source.remaining(), limit + 1 - content.size());
    byte[] bytes = new byte[count];
    source.get(bytes);
    content.write(bytes, 0, count);
    return count;
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) {
    ended = true;
  }

  @Override
  public void endStream() {
    ended = true;
  }
}
