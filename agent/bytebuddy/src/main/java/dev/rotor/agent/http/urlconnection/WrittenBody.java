package dev.rotor.agent.http.urlconnection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body as the application writes it. It lies in memory, so that it can be sent again; one that is
 * streamed in chunks goes on its way when it becomes too long for that.
 */
final class WrittenBody extends OutputStream {

  /** Begins to send a body that is too long to be kept. */
  @FunctionalInterface
  interface Overflow {
    OutputStream open() throws IOException;
  }

  private static final long ANY = -1;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final long length;
  private final int most;
  private final @Nullable Overflow overflow;
  private @Nullable OutputStream rest;
  private @Nullable IOException unsent;

  private WrittenBody(long length, int most, @Nullable Overflow overflow) {
    this.length = length;
    this.most = most;
    this.overflow = overflow;
  }

  /** One whose length the JDK finds out by itself: always kept. */
  static WrittenBody whole() {
    return new WrittenBody(ANY, Integer.MAX_VALUE, null);
  }

  /** One that must come to this length. */
  static WrittenBody ofLength(long length) {
    return new WrittenBody(length, Integer.MAX_VALUE, null);
  }

  /** One that is kept up to a length. */
  static WrittenBody upTo(int most, Overflow overflow) {
    return new WrittenBody(ANY, most, overflow);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    OutputStream out = rest;
    if (length != ANY && kept.size() + (long) count > length) {
      throw new IOException("too many bytes to write");
    }
    if (out == null && overflow != null && kept.size() + (long) count > most) {
      out = open(overflow);
      rest = out;
      kept.writeTo(out);
      kept.reset();
    }
    (out == null ? kept : out).write(bytes, offset, count);
  }

  private OutputStream open(Overflow next) throws IOException {
    try {
      return next.open();
    } catch (IOException thrown) {
      unsent = thrown;
      throw thrown;
    }
  }

  @Override
  public void flush() throws IOException {
    if (rest != null) {
      rest.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (rest != null) {
      rest.close();
    }
    check();
  }

  private void check() throws IOException {
    if (length != ANY && kept.size() < length) {
      throw new IOException("insufficient data written");
    }
  }

  /**
   * All of it; null: it is on its way.
   *
   * @throws IOException it is shorter than was said, or could not be sent on its way
   */
  byte @Nullable [] content() throws IOException {
    if (unsent != null) {
      throw unsent;
    }
    check();
    return rest == null ? kept.toByteArray() : null;
  }
}
