package dev.rotor.runtime.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that the application reads by itself. Its attempt ends with its last byte,
 * and keeps its key's place until then. An adapter tells what passes, without delaying it, and then
 * one of {@link #end}, {@link #failed} and {@link #close}; of these the first counts.
 *
 * <p>Only what the application holds may hold this: a body that it drops without closing it is
 * ended when the garbage collector finds it. Thread-safe; never blocks; throws nothing.
 */
public final class AnswerBody {

  /** What is told of a body's end. */
  interface End {
    /**
     * The attempt is over; more than one such call changes nothing.
     *
     * @param failure what the body broke with; null: nothing
     */
    void ended(@Nullable Usage usage, @Nullable Throwable failure);
  }

  private final End end;
  private final @Nullable UsageScan scan;
  private final AbandonedBodies.Watched watched;
  private boolean ended;

  AnswerBody(End end, @Nullable UsageScan scan, AbandonedBodies abandoned) {
    this.end = end;
    this.scan = scan;
    this.watched = abandoned.watch(this, () -> end.ended(null, null));
  }

  /** Whether it matters what passes; if not, {@link #read} need not be called. */
  public boolean isRead() {
    return scan != null;
  }

  /** Bytes pass. The array is not kept. */
  public synchronized void read(byte[] bytes, int offset, int count) {
    if (scan != null && count > 0 && !ended) {
      scan.read(bytes, offset, count);
    }
  }

  /** Bytes pass, from the buffer's position to its limit. It is left as it is. */
  public void read(ByteBuffer bytes) {
    if (scan == null) {
      return;
    }
    if (bytes.hasArray()) {
      read(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      read(copy, 0, copy.length);
    }
  }

  /** The last byte has passed. */
  public void end() {
    end(true);
  }

  private void end(boolean whole) {
    if (isFirst()) {
      end.ended(scan == null ? null : scan.end(whole), null);
    }
  }

  /** The application has read as much as it wants, or has given the request up. */
  public void close() {
    end(false);
  }

  /** It broke before its last byte. */
  public void failed(Throwable failure) {
    if (isFirst()) {
      end.ended(null, failure);
    }
  }

  private synchronized boolean isFirst() {
    boolean first = !ended;
    ended = true;
    if (first) {
      watched.forget();
    }
    return first;
  }
}
