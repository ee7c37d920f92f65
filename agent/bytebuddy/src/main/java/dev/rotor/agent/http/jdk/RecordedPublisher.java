package dev.rotor.agent.http.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A body that the application may be able to give only once: what it gave the first time is
 * recorded, in bounded memory, and given again. Thread-safe.
 */
final class RecordedPublisher implements BodyPublisher {

  private enum State {
    UNUSED,
    RECORDING,
    COMPLETE,
    LOST
  }

  private final BodyPublisher application;
  private final int most;
  private byte[] recorded = new byte[0];
  private int length;
  private State state = State.UNUSED;

  RecordedPublisher(BodyPublisher application, int most) {
    this.application = application;
    this.most = most;
  }

  /** Whether it could be subscribed to now. */
  synchronized boolean isReplayable() {
    return state == State.UNUSED || state == State.COMPLETE;
  }

  @Override
  public long contentLength() {
    return application.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    byte[] again = begin();
    if (again == null) {
      application.subscribe(new Recorder(subscriber));
    } else {
      BodyPublishers.ofByteArray(again).subscribe(subscriber);
    }
  }

  /** What to give again; null: the application is asked. */
  private synchronized byte @Nullable [] begin() {
    if (state == State.COMPLETE) {
      return Arrays.copyOf(recorded, length);
    }
    state = state == State.UNUSED && contentLength() <= most ? State.RECORDING : State.LOST;
    return null;
  }

  private synchronized void record(ByteBuffer bytes) {
    if (state != State.RECORDING) {
      return;
    }
    if (bytes.remaining() > most - length) {
      lose();
      return;
    }
    int longer = length + bytes.remaining();
    if (longer > recorded.length) {
      recorded = Arrays.copyOf(recorded, Math.max(longer, 2 * recorded.length));
    }
    bytes.duplicate().get(recorded, length, bytes.remaining());
    length = longer;
  }

  private synchronized void complete() {
    if (state == State.RECORDING) {
      state = State.COMPLETE;
    }
  }

  private synchronized void lose() {
    state = State.LOST;
    recorded = new byte[0];
  }

  private final class Recorder implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> client;

    Recorder(Flow.Subscriber<? super ByteBuffer> client) {
      this.client = client;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      client.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer item) {
      record(item);
      client.onNext(item);
    }

    @Override
    public void onError(Throwable failure) {
      lose();
      client.onError(failure);
    }

    @Override
    public void onComplete() {
      complete();
      client.onComplete();
    }
  }
}
