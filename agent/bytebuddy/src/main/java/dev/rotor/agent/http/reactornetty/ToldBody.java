package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.AnswerBody;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Tells the engine of a body that passes, if it is to be told. Used on the event loop only. */
final class ToldBody {

  private @Nullable AnswerBody body;

  void watch(AnswerBody answer) {
    body = answer;
  }

  /** A message is about to pass. */
  void passes(Object message) {
    AnswerBody told = body;
    if (told == null) {
      return;
    }
    ByteBuf content = told.isRead() ? Messages.bytes(message) : null;
    if (content != null) {
      told.read(content.nioBuffer());
    }
    if (message instanceof LastHttpContent) {
      told.end();
    }
  }

  void failed(Throwable failure) {
    if (body != null) {
      body.failed(failure);
    }
  }

  void close() {
    if (body != null) {
      body.close();
    }
  }
}
