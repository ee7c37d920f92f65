package com.example.it.http.stack;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** A body that can be read only once: who goes on after its end, fails. */
final class OnceStream extends FilterInputStream {

  private boolean ended;

  OnceStream(byte[] content) {
    super(new ByteArrayInputStream(content));
  }

  @Override
  public int read() throws IOException {
    return seen(super.read());
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return seen(super.read(to, offset, length));
  }

  private int seen(int read) throws IOException {
    if (ended) {
      throw new IOException("the body was read twice");
    }
    ended = read < 0;
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public synchronized void reset() throws IOException {
    throw new IOException("the body was to be read twice");
  }
}
