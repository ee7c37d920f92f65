package dev.rotor.agent.http.urlconnection;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** A request whose body goes out as the application writes it, and so is sent once. */
final class StreamedSend {

  private final HttpURLConnection connection;
  private final @Nullable HttpCall call;
  private final @Nullable RecordedRequest recorded;
  private final @Nullable UrlAnswer refused;

  private StreamedSend(
      HttpURLConnection connection,
      @Nullable HttpCall call,
      @Nullable RecordedRequest recorded,
      @Nullable UrlAnswer refused) {
    this.connection = connection;
    this.call = call;
    this.recorded = recorded;
    this.refused = refused;
  }

  static StreamedSend untouched(HttpURLConnection own) {
    return new StreamedSend(own, null, null, null);
  }

  /** Takes a key and opens a connection; waits for a key if need be. */
  static StreamedSend start(HttpCall call, UrlSend send, RecordedRequest recorded)
      throws IOException {
    HttpURLConnection own = recorded.settings();
    HttpURLConnection connection;
    try {
      if (!call.proceed()) {
        RefusedAnswer refused = call.refused();
        if (refused == null) {
          throw new IllegalStateException("no attempt and no refusal");
        }
        return new StreamedSend(own, null, null, send.refused(refused));
      }
      connection = send.open(call.edit());
      recorded.output(connection);
    } catch (RuntimeException fault) {
      call.abandon();
      UrlExchange.tell(fault);
      return untouched(own);
    }
    return new StreamedSend(connection, call, recorded, null);
  }

  OutputStream output() throws IOException {
    if (refused != null) {
      return OutputStream.nullOutputStream();
    }
    try {
      return connection.getOutputStream();
    } catch (IOException thrown) {
      throw failed(thrown);
    }
  }

  UrlAnswer answer() throws IOException {
    if (refused != null) {
      return refused;
    }
    if (call == null || recorded == null) {
      return UrlAnswer.untouched(connection);
    }
    int status;
    try {
      status = connection.getResponseCode();
    } catch (IOException thrown) {
      throw failed(thrown);
    }
    AnswerBody body = call.passed(status, connection::getHeaderField);
    HttpURLConnection own = recorded.settings();
    URL target = own.getInstanceFollowRedirects() ? Redirect.target(connection, status) : null;
    if (target != null) {
      body.close();
      throw Redirect.notInStreamingMode(connection, status);
    }
    UrlAnswer answer = new UrlAnswer(connection, own.getURL());
    answer.watch(body);
    return answer;
  }

  private IOException failed(IOException thrown) {
    if (call != null) {
      var unused = call.failed(thrown);
    }
    return thrown;
  }
}
