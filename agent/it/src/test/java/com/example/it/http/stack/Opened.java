package com.example.it.http.stack;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * An answer whose body is still to be read.
 *
 * @param ending gives the rest up, as the client wants it
 */
public record Opened(
    int status, Map<String, List<String>> headers, InputStream body, Callable<?> ending)
    implements AutoCloseable {

  /** Makes the record; a body that is missing is an empty one. */
  public Opened {
    body = body == null ? InputStream.nullInputStream() : body;
  }

  @Override
  public void close() throws IOException {
    try {
      ending.call();
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** For clients that close an answer with its body. */
  static Callable<?> closing(AutoCloseable body) {
    return () -> {
      if (body != null) {
        body.close();
      }
      return null;
    };
  }
}
