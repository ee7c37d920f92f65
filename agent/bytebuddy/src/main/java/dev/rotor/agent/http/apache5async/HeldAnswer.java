package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.HttpCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * An answer that may be followed by another attempt, and its body in memory. One that gets too long
 * is the application's after all: its consumer receives what was held, then the rest as it comes.
 * Used as the client uses a consumer, by one thread at a time.
 */
final class HeldAnswer implements AsyncDataConsumer {

  /** How much more is let in at a time. */
  private static final int WINDOW = 64 * 1024;

  private final Attempt attempt;
  private final HttpResponse response;
  private final @Nullable EntityDetails entity;
  private @Nullable ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable List<? extends Header> trailers;
  private @Nullable AsyncDataConsumer application;

  HeldAnswer(Attempt attempt, HttpResponse response, @Nullable EntityDetails entity) {
    this.attempt = attempt;
    this.response = response;
    this.entity = entity;
  }

  HttpResponse response() {
    return response;
  }

  byte[] body() {
    return held == null ? new byte[0] : held.toByteArray();
  }

  /** Hands it on, as the last. */
  void handOn(Above above) {
    above.answer(response, entity, body(), trailers);
  }

  /** What the application does not ask for is not let in without end. */
  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    if (application != null) {
      application.updateCapacity(channel);
    } else {
      channel.update(WINDOW);
    }
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    if (held == null) {
      if (application != null) {
        application.consume(source);
      }
      return;
    }
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    held.write(bytes, 0, bytes.length);
    if (held.size() > HttpCall.MOST_HELD) {
      ByteBuffer whole = ByteBuffer.wrap(held.toByteArray());
      held = null;
      application = passOn();
      if (application != null) {
        application.consume(whole);
      }
    }
  }

  private @Nullable AsyncDataConsumer passOn() throws IOException {
    try {
      return attempt.pass(response, entity);
    } catch (HttpException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> end) throws HttpException, IOException {
    trailers = end;
    if (application != null) {
      application.streamEnd(end);
    }
  }

  @Override
  public void releaseResources() {
    if (application != null) {
      application.releaseResources();
    }
  }
}
