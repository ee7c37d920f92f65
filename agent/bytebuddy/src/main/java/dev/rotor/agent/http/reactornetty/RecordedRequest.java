package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.HttpCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The application's request as it was written for the first time, without what Rotor placed in it.
 * Later attempts send the record, so that it does not matter whether the application's publisher
 * gives the same once more. Written by the event loop; may be read from any thread.
 */
final class RecordedRequest {

  private enum State {
    /** The application has not been asked for it. */
    NOTHING,
    RUNNING,
    WHOLE,
    /** It is longer than may be kept, or no bytes. */
    LOST
  }

  private volatile State state = State.NOTHING;
  private @Nullable HttpRequest head;
  private ByteArrayOutputStream body = new ByteArrayOutputStream();

  boolean isReplayable() {
    return state == State.NOTHING || state == State.WHOLE;
  }

  boolean isWhole() {
    return state == State.WHOLE;
  }

  /** Whether there is nothing to wait for any more. */
  boolean isDecided() {
    return state == State.WHOLE || state == State.LOST;
  }

  /** The application is asked for it, perhaps again, since the client lost a connection. */
  void start() {
    head = null;
    body = new ByteArrayOutputStream();
    state = State.RUNNING;
  }

  /** A message on its way to the network. It is left as it is. */
  void add(Object message) {
    if (state != State.RUNNING) {
      return;
    }
    if (message instanceof HttpRequest request) {
      head = Messages.copy(request, request.uri(), request.headers().copy(), false);
    }
    if (message instanceof ByteBuf bytes) {
      add(bytes);
    } else if (message instanceof ByteBufHolder holder) {
      add(holder.content());
    } else if (!(message instanceof HttpRequest)) {
      state = State.LOST;
    }
    if (message instanceof LastHttpContent && state == State.RUNNING && head != null) {
      state = State.WHOLE;
    }
  }

  private void add(ByteBuf bytes) {
    if (body.size() + bytes.readableBytes() > HttpCall.MOST_RECORDED) {
      state = State.LOST;
      body = new ByteArrayOutputStream();
      return;
    }
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.getBytes(bytes.readerIndex(), copy);
    body.writeBytes(copy);
  }

  /** When it is whole. */
  @Nullable HttpRequest head() {
    return head;
  }

  /** When it is whole. */
  HttpHeaders headers(HttpRequest otherwise) {
    HttpRequest own = head;
    return own == null ? otherwise.headers() : own.headers();
  }

  byte[] body() {
    return body.toByteArray();
  }
}
