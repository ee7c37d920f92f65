package dev.rotor.agent.http;

import dev.rotor.runtime.http.AnswerBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer's body on its way to the application; tells what passes, each byte once. */
public final class WatchedStream extends FilterInputStream {

  private final AnswerBody body;
  private final long length;
  private long position;
  private long furthest;
  private long marked;

  /**
   * Watches a stream from its beginning.
   *
   * @param length how long it is, so that its end is known before it is asked for; -1: unknown
   */
  public WatchedStream(InputStream stream, AnswerBody body, long length) {
    super(stream);
    this.body = body;
    this.length = length;
    endIfThere();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int read;
    try {
      read = in.read(bytes, offset, count);
    } catch (IOException broken) {
      body.failed(broken);
      throw broken;
    }
    if (read < 0) {
      body.end();
      return read;
    }
    position += read;
    int fresh = (int) Math.min(read, position - furthest);
    if (fresh > 0) {
      furthest = position;
      body.read(bytes, offset + read - fresh, fresh);
      endIfThere();
    }
    return read;
  }

  private void endIfThere() {
    if (length >= 0 && furthest >= length) {
      body.end();
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    position += skipped;
    furthest = Math.max(furthest, position);
    endIfThere();
    return skipped;
  }

  @Override
  public synchronized void mark(int limit) {
    super.mark(limit);
    marked = position;
  }

  @Override
  public synchronized void reset() throws IOException {
    super.reset();
    position = marked;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      body.close();
    }
  }
}
