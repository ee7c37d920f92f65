package dev.rotor.agent.http.urlconnection;

import dev.rotor.agent.http.WatchedStream;
import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer and the connection that it came on. */
final class UrlAnswer {

  private final HttpURLConnection connection;
  private final @Nullable URL shown;
  private final List<Map.Entry<String, String>> added = new ArrayList<>();
  private @Nullable InputStream held;
  private @Nullable AnswerBody watch;
  private @Nullable InputStream watched;

  /**
   * Takes a connection that has been answered.
   *
   * @param shown the address that the application is told; never one with a key in it
   */
  UrlAnswer(HttpURLConnection connection, URL shown) {
    this.connection = connection;
    this.shown = shown;
  }

  /** Takes a connection that Rotor leaves to itself; it need not be answered yet. */
  static UrlAnswer untouched(HttpURLConnection connection) {
    return new UrlAnswer(connection);
  }

  private UrlAnswer(HttpURLConnection connection) {
    this.connection = connection;
    this.shown = null;
  }

  HttpURLConnection connection() {
    return connection;
  }

  URL url() {
    return shown == null ? connection.getURL() : shown;
  }

  /**
   * Reads the body, so that it can still be read by the application.
   *
   * @return null: it is longer than {@link HttpCall#MOST_HELD}
   */
  byte @Nullable [] hold() throws IOException {
    InputStream body = body();
    if (body == null) {
      return new byte[0];
    }
    byte[] bytes = body.readNBytes(HttpCall.MOST_HELD + 1);
    InputStream beginning = new ByteArrayInputStream(bytes);
    if (bytes.length > HttpCall.MOST_HELD) {
      held = new SequenceInputStream(beginning, body);
      return null;
    }
    body.close();
    held = beginning;
    return bytes;
  }

  /** Shows the application more headers than the provider sent, at the end. */
  void add(Map<String, String> headers) {
    headers.forEach((name, value) -> added.add(Map.entry(name, value)));
  }

  /** As {@link HttpURLConnection#getHeaderField(String)}. */
  @Nullable String header(@Nullable String name) {
    for (Map.Entry<String, String> one : added) {
      if (one.getKey().equalsIgnoreCase(name)) {
        return one.getValue();
      }
    }
    return connection.getHeaderField(name);
  }

  /** As {@link HttpURLConnection#getHeaderField(int)}. */
  @Nullable String header(int index) {
    int extra = extra(index);
    return extra < 0 ? connection.getHeaderField(index) : added.get(extra).getValue();
  }

  /** As {@link HttpURLConnection#getHeaderFieldKey}. */
  @Nullable String headerKey(int index) {
    int extra = extra(index);
    return extra < 0 ? connection.getHeaderFieldKey(index) : added.get(extra).getKey();
  }

  /** Which of the added headers has this index; -1: none. */
  private int extra(int index) {
    if (added.isEmpty() || index < 1 || connection.getHeaderField(index) != null) {
      return -1;
    }
    int own = 1;
    while (connection.getHeaderField(own) != null) {
      own++;
    }
    return index - own < added.size() ? index - own : -1;
  }

  /** As {@link HttpURLConnection#getHeaderFields}. */
  Map<String, List<String>> headers() {
    if (added.isEmpty()) {
      return connection.getHeaderFields();
    }
    Map<String, List<String>> all = new LinkedHashMap<>(connection.getHeaderFields());
    added.forEach(one -> all.put(one.getKey(), List.of(one.getValue())));
    return Collections.unmodifiableMap(all);
  }

  /** Tells what the application reads of it. */
  void watch(AnswerBody body) {
    if (hasBody()) {
      watch = body;
    } else {
      body.end();
    }
  }

  private boolean hasBody() {
    int status = UrlSend.statusOf(connection);
    return !connection.getRequestMethod().equals("HEAD")
        && status >= 200
        && status != HttpURLConnection.HTTP_NO_CONTENT
        && status != HttpURLConnection.HTTP_NOT_MODIFIED
        && connection.getContentLengthLong() != 0;
  }

  private InputStream watched(InputStream body) {
    AnswerBody told = watch;
    if (told == null) {
      return body;
    }
    InputStream known = watched;
    if (known == null) {
      known = new WatchedStream(body, told, connection.getContentLengthLong());
      watched = known;
    }
    return known;
  }

  private @Nullable InputStream body() throws IOException {
    return connection.getResponseCode() >= 400
        ? connection.getErrorStream()
        : connection.getInputStream();
  }

  /** As {@link HttpURLConnection#getInputStream}: throws what that throws. */
  InputStream inputStream() throws IOException {
    InputStream body;
    try {
      body = connection.getInputStream();
    } catch (FileNotFoundException missing) {
      throw told(missing, new FileNotFoundException(url().toString()));
    } catch (IOException refused) {
      int status = connection.getResponseCode();
      if (status < 400) {
        throw refused;
      }
      throw told(
          refused,
          new IOException("Server returned HTTP response code: " + status + " for URL: " + url()));
    }
    return watched(held == null ? body : held);
  }

  /** The JDK's exceptions name the address; one with a key in it is not shown. */
  private IOException told(IOException own, IOException shownInstead) {
    return connection.getURL().toString().equals(url().toString()) ? own : shownInstead;
  }

  /** As {@link HttpURLConnection#getErrorStream}. */
  @Nullable InputStream errorStream() {
    InputStream body = connection.getErrorStream();
    try {
      InputStream own = held != null && connection.getResponseCode() >= 400 ? held : body;
      return own == null ? null : watched(own);
    } catch (IOException unanswered) {
      return body;
    }
  }
}
