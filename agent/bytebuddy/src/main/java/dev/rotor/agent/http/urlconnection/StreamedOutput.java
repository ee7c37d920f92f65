package dev.rotor.agent.http.urlconnection;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A body on its way to the network; tells when that fails. */
final class StreamedOutput extends FilterOutputStream {

  private final StreamedSend send;
  private final long length;
  private long written;
  private boolean closed;

  /**
   * Watches a body from its beginning.
   *
   * @param length what the application said that it would write; -1: nothing
   */
  StreamedOutput(StreamedSend send, OutputStream network, long length) {
    super(network);
    this.send = send;
    this.length = length;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      out.write(bytes, offset, count);
      written += count;
    } catch (IOException thrown) {
      throw failed(thrown, closed || isOver(written + count));
    }
  }

  private boolean isOver(long count) {
    return length >= 0 && count > length;
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException thrown) {
      throw failed(thrown, closed);
    }
  }

  @Override
  public void close() throws IOException {
    boolean again = closed;
    closed = true;
    try {
      out.close();
    } catch (IOException thrown) {
      throw failed(thrown, again || written < length);
    }
  }

  private IOException failed(IOException thrown, boolean isApplications) {
    if (isApplications) {
      send.givenUp();
    } else {
      send.failed(thrown);
    }
    return thrown;
  }
}
