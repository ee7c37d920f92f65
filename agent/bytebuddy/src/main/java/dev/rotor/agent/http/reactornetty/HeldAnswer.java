package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.HttpCall;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What has come of an answer that the client is not to see yet. Used on the event loop only. */
final class HeldAnswer {

  private final Queue<Object> messages = new ArrayDeque<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable HttpResponse head;
  private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;

  void add(Object message) {
    messages.add(message);
    if (message instanceof HttpResponse response) {
      head = response;
    }
    if (message instanceof LastHttpContent last) {
      trailers = last.trailingHeaders();
    }
    ByteBuf content = Messages.bytes(message);
    if (content != null) {
      byte[] copy = new byte[content.readableBytes()];
      content.getBytes(content.readerIndex(), copy);
      bytes.writeBytes(copy);
    }
  }

  boolean isTooLong() {
    return bytes.size() > HttpCall.MOST_HELD;
  }

  /** Null: nothing has come. */
  @Nullable HttpResponse head() {
    return head;
  }

  byte[] body() {
    return bytes.toByteArray();
  }

  /** A copy that outlives its connection; null: nothing has come. */
  @Nullable KeptAnswer keep() {
    HttpResponse first = head;
    return first == null ? null : new KeptAnswer(first, body(), trailers);
  }

  /** The next message, which is the caller's from now on; null: there is none. */
  @Nullable Object poll() {
    return messages.poll();
  }

  void discard() {
    Object message;
    while ((message = messages.poll()) != null) {
      ReferenceCountUtil.release(message);
    }
  }
}
