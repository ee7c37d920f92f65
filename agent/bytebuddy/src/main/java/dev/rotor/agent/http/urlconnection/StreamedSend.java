package dev.rotor.agent.http.urlconnection;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body goes out as the application writes it, and so is sent once. Only what the
 * application holds may hold this: its attempt ends when it is dropped.
 */
final class StreamedSend {

  /** What is known of a request that goes with a key. */
  private record Keyed(HttpCall call, RecordedRequest recorded) {}

  private final HttpURLConnection connection;
  private final @Nullable Keyed keyed;
  private final @Nullable UrlAnswer refused;
  private final Runnable forget;
  private boolean isTold;

  private StreamedSend(
      HttpURLConnection connection, @Nullable Keyed keyed, @Nullable UrlAnswer refused) {
    this.connection = connection;
    this.keyed = keyed;
    this.refused = refused;
    this.forget = keyed == null ? () -> {} : keyed.call().watch(this);
  }

  static StreamedSend untouched(HttpURLConnection own) {
    return new StreamedSend(own, null, null);
  }

  /** Takes a key and opens a connection; waits for a key if need be. */
  static StreamedSend start(HttpCall call, UrlSend send, RecordedRequest recorded)
      throws IOException {
    HttpURLConnection own = recorded.settings();
    RefusedAnswer refused;
    try {
      if (call.proceed()) {
        HttpURLConnection connection = send.open(call.edit());
        recorded.output(connection);
        return new StreamedSend(connection, new Keyed(call, recorded), null);
      }
      refused = call.refused();
      if (refused == null) {
        throw new IllegalStateException("no attempt and no refusal");
      }
    } catch (IOException | RuntimeException fault) {
      call.abandon();
      UrlExchange.tell(fault);
      return untouched(own);
    }
    return new StreamedSend(own, null, send.refused(refused));
  }

  /** Whether it is the application's own connection that is used. */
  boolean isUntouched() {
    return keyed == null && refused == null;
  }

  OutputStream output() throws IOException {
    if (refused != null) {
      return OutputStream.nullOutputStream();
    }
    OutputStream out;
    try {
      out = connection.getOutputStream();
    } catch (IOException | RuntimeException thrown) {
      failed(thrown);
      throw thrown;
    }
    return keyed == null ? out : new StreamedOutput(this, out, keyed.recorded().fixedLength());
  }

  UrlAnswer answer() throws IOException {
    if (refused != null) {
      return refused;
    }
    if (keyed == null) {
      return UrlAnswer.untouched(connection);
    }
    int status;
    try {
      status = connection.getResponseCode();
    } catch (IOException | RuntimeException thrown) {
      failed(thrown);
      throw thrown;
    }
    AnswerBody body = keyed.call().passed(status, connection::getHeaderField);
    forget.run();
    HttpURLConnection own = keyed.recorded().settings();
    URL target = own.getInstanceFollowRedirects() ? Redirect.target(connection, status) : null;
    if (target != null) {
      body.close();
      throw Redirect.notInStreamingMode(connection, status);
    }
    UrlAnswer answer = new UrlAnswer(connection, own.getURL());
    answer.watch(body);
    return answer;
  }

  /** The attempt threw, for which its key is told once. */
  void failed(Throwable thrown) {
    if (keyed != null && !isTold) {
      isTold = true;
      forget.run();
      var unused = keyed.call().failed(thrown);
    }
  }

  /** The application ended it by itself; no key is to blame. */
  void givenUp() {
    if (keyed != null && !isTold) {
      isTold = true;
      forget.run();
      keyed.call().cancel();
    }
  }
}
