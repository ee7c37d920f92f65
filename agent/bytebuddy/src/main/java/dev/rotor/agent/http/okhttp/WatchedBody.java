package dev.rotor.agent.http.okhttp;

import dev.rotor.runtime.http.AnswerBody;
import java.io.IOException;
import java.net.HttpURLConnection;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** An answer's body on its way to the application; tells what passes. */
final class WatchedBody extends ResponseBody {

  private static final int HTTP_SWITCHING_PROTOCOLS = 101;

  private final ResponseBody body;
  private final BufferedSource source;
  private final AnswerBody watch;
  private final Runnable ended;

  /**
   * Watches a body that nobody has read from.
   *
   * @param ended when there is nothing more to watch; perhaps more than once
   */
  WatchedBody(ResponseBody body, AnswerBody watch, Runnable ended) {
    this.body = body;
    this.watch = watch;
    this.ended = ended;
    this.source = Okio.buffer(new Watched());
  }

  /** Whether there is something to watch. */
  static boolean isOf(Response answer, ResponseBody body) {
    return body.contentLength() != 0
        && answer.code() != HTTP_SWITCHING_PROTOCOLS
        && answer.code() != HttpURLConnection.HTTP_NO_CONTENT
        && answer.code() != HttpURLConnection.HTTP_NOT_MODIFIED
        && !answer.request().method().equals("HEAD");
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  @Override
  public void close() {
    try {
      body.close();
    } finally {
      super.close();
    }
  }

  private final class Watched extends ForwardingSource {
    private final Buffer.@Nullable UnsafeCursor cursor =
        watch.isRead() ? new Buffer.UnsafeCursor() : null;
    private final long length = body.contentLength();
    private long position;

    Watched() {
      super(body.source());
    }

    @Override
    public long read(Buffer sink, long count) throws IOException {
      long read;
      try {
        read = super.read(sink, count);
      } catch (IOException broken) {
        watch.failed(broken);
        ended.run();
        throw broken;
      }
      if (read < 0) {
        end();
        return read;
      }
      position += read;
      if (cursor != null) {
        tell(cursor, sink, read);
      }
      if (length >= 0 && position >= length) {
        end();
      }
      return read;
    }

    /** The newest bytes of a buffer, where they lie. */
    private void tell(Buffer.UnsafeCursor at, Buffer sink, long fresh) {
      sink.readUnsafe(at);
      try {
        int count = at.seek(sink.size() - fresh);
        while (count > 0) {
          watch.read(at.data, at.start, count);
          count = at.next();
        }
      } finally {
        at.close();
      }
    }

    private void end() {
      watch.end();
      ended.run();
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        watch.close();
        ended.run();
      }
    }
  }
}
