package dev.rotor.agent.http.urlconnection;

import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RequestEdit;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * What the application asked for, to be asked for again on further connections. The settings stand
 * in the connection that it got first, which checks them and is never sent with a key; here is what
 * that one does not give back.
 */
final class RecordedRequest {

  /** A header as it was set or added. */
  record Header(String name, @Nullable String value) {}

  private final HttpURLConnection settings;
  private final List<Header> headers = new ArrayList<>();
  private @Nullable Authenticator authenticator;
  private long fixedLength = -1;
  private int chunkLength = -1;

  RecordedRequest(HttpURLConnection settings) {
    this.settings = settings;
  }

  HttpURLConnection settings() {
    return settings;
  }

  void set(String name, @Nullable String value) {
    settings.setRequestProperty(name, value);
    headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    headers.add(new Header(name, value));
  }

  void add(String name, @Nullable String value) {
    settings.addRequestProperty(name, value);
    headers.add(new Header(name, value));
  }

  @Nullable String first(String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  void authenticator(Authenticator next) {
    settings.setAuthenticator(next);
    authenticator = next;
  }

  void fixedLength(long length) {
    settings.setFixedLengthStreamingMode(length);
    fixedLength = length;
  }

  void chunkLength(int length) {
    settings.setChunkedStreamingMode(length);
    // as the JDK does with what makes no sense
    chunkLength = length <= 0 ? 4096 : length;
  }

  /** Of the body, as the application has said; -1: it has not. */
  long fixedLength() {
    return fixedLength;
  }

  /** For the application to write a body to. */
  WrittenBody body(WrittenBody.Overflow overflow) {
    if (fixedLength >= 0) {
      return WrittenBody.ofLength(fixedLength);
    }
    return chunkLength >= 0
        ? WrittenBody.upTo(HttpCall.MOST_RECORDED, overflow)
        : WrittenBody.whole();
  }

  boolean isStreamed() {
    return fixedLength >= 0 || chunkLength >= 0;
  }

  /** The headers of an attempt. */
  List<Header> headers(RequestEdit edit) {
    List<Header> all = new ArrayList<>();
    for (Header header : headers) {
      if (!edit.replaces(header.name())) {
        all.add(header);
      }
    }
    edit.set().forEach((name, value) -> all.add(new Header(name, value)));
    return all;
  }

  /** Asks another connection for the same, but for headers and redirects. */
  void applyTo(HttpURLConnection connection, String method, List<Header> carried)
      throws IOException {
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(method);
    connection.setDoInput(settings.getDoInput());
    connection.setUseCaches(settings.getUseCaches());
    connection.setAllowUserInteraction(settings.getAllowUserInteraction());
    connection.setIfModifiedSince(settings.getIfModifiedSince());
    connection.setConnectTimeout(settings.getConnectTimeout());
    connection.setReadTimeout(settings.getReadTimeout());
    if (authenticator != null) {
      connection.setAuthenticator(authenticator);
    }
    if (connection instanceof HttpsURLConnection next
        && settings instanceof HttpsURLConnection own) {
      next.setSSLSocketFactory(own.getSSLSocketFactory());
      next.setHostnameVerifier(own.getHostnameVerifier());
    }
    for (Header header : carried) {
      connection.addRequestProperty(header.name(), header.value());
    }
  }

  /** Has another connection send its body as the application asked for. */
  void output(HttpURLConnection connection) {
    connection.setDoOutput(true);
    if (fixedLength >= 0) {
      connection.setFixedLengthStreamingMode(fixedLength);
    } else if (chunkLength >= 0) {
      connection.setChunkedStreamingMode(chunkLength);
    }
  }
}
