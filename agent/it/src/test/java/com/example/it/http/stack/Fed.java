package com.example.it.http.stack;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The body of an answer that comes in parts from other threads. */
final class Fed extends InputStream {

  private static final byte[] END = new byte[0];

  private final BlockingQueue<Object> parts = new LinkedBlockingQueue<>();
  private byte[] part = END;
  private int position;
  private boolean ended;

  void add(byte[] bytes) {
    if (bytes.length > 0) {
      parts.add(bytes);
    }
  }

  void end() {
    parts.add(END);
  }

  void fail(Throwable failure) {
    parts.add(failure);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == part.length && !ended) {
      part = next();
      position = 0;
      ended = part == END;
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, part.length - position);
    System.arraycopy(part, position, to, offset, count);
    position += count;
    return count;
  }

  private byte[] next() throws IOException {
    try {
      Object next = parts.poll(Driver.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next instanceof byte[] bytes) {
        return bytes;
      }
      throw next == null ? new IOException("nothing more came") : new IOException((Throwable) next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
