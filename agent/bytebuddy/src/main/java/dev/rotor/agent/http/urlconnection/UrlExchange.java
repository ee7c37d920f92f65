package dev.rotor.agent.http.urlconnection;

import dev.rotor.agent.http.BlockingExchange;
import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands behind a wrapped connection: first its settings, then, once the answer is needed or a
 * body is streamed, the exchange. As the JDK's own connections it is used by one thread at a time;
 * {@link #disconnect} may come from any.
 */
final class UrlExchange {

  private static final Logger LOG = LoggerFactory.getLogger(UrlExchange.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final Exchanges exchanges;
  private final Opener opener;
  private final HttpURLConnection own;
  private final RecordedRequest recorded;

  private boolean connected;
  private @Nullable WrittenBody written;
  private @Nullable StreamedSend streamed;
  private @Nullable UrlAnswer answer;
  private @Nullable Throwable failure;
  private volatile @Nullable HttpCall call;
  private volatile @Nullable UrlSend send;

  /**
   * Starts with nothing but settings.
   *
   * @param own the JDK's connection; sent only when the request passes untouched
   */
  UrlExchange(Exchanges exchanges, HttpURLConnection own, Opener opener) {
    this.exchanges = exchanges;
    this.opener = opener;
    this.own = own;
    this.recorded = new RecordedRequest(own);
  }

  /** The connection that holds the settings. */
  HttpURLConnection own() {
    return own;
  }

  /** The request, for a setting that a connection takes only before it is connected. */
  RecordedRequest changing() {
    if (connected || isAnswered()) {
      throw new IllegalStateException("Already connected");
    }
    return recorded;
  }

  /** The answer so far; null: none yet, or the request failed. */
  @Nullable UrlAnswer answered() {
    return answer;
  }

  private boolean isAnswered() {
    return answer != null || failure != null;
  }

  /** Sent when the answer is needed, or with the first byte of a streamed body. */
  void connect() {
    connected = true;
  }

  OutputStream output() throws IOException {
    if (!own.getDoOutput()) {
      throw new ProtocolException(
          "cannot write to a URLConnection if doOutput=false - call setDoOutput(true)");
    }
    if (isAnswered()) {
      throw new ProtocolException("Cannot write output after reading input.");
    }
    if (own.getRequestMethod().equals("GET")) {
      own.setRequestMethod("POST");
    }
    connected = true;
    WrittenBody body = written;
    if (body == null) {
      if (recorded.fixedLength() > HttpCall.MOST_RECORDED) {
        return streamed().output();
      }
      body = recorded.body(() -> streamed().output());
      written = body;
    }
    return body;
  }

  private StreamedSend streamed() throws IOException {
    StreamedSend begun = streamed;
    if (begun == null) {
      begun = stream();
      streamed = begun;
    }
    return begun;
  }

  private StreamedSend stream() throws IOException {
    UrlRequest request = request(null);
    HttpCall begun = begin(request);
    if (request == null || begun == null) {
      return StreamedSend.untouched(own);
    }
    begun.detach();
    UrlSend one = new UrlSend(request, opener, exchanges.routes());
    send = one;
    call = begun;
    StreamedSend started = StreamedSend.start(begun, one, recorded);
    if (started.isUntouched()) {
      forget();
    }
    return started;
  }

  /** What is under way is the application's own connection. */
  private void forget() {
    send = null;
    call = null;
  }

  /**
   * The answer, for which the request is sent if it has not been.
   *
   * @throws IOException what the last attempt threw, again and again; or an unchecked exception
   */
  UrlAnswer answer() throws IOException {
    UrlAnswer known = answer;
    if (known != null) {
      return known;
    }
    throwFailure();
    try {
      known = run();
      answer = known;
      return known;
    } catch (IOException | RuntimeException | Error thrown) {
      failure = thrown;
      throw thrown;
    }
  }

  private void throwFailure() throws IOException {
    Throwable known = failure;
    if (known instanceof IOException thrown) {
      throw thrown;
    }
    if (known instanceof RuntimeException thrown) {
      throw thrown;
    }
    if (known instanceof Error thrown) {
      throw thrown;
    }
  }

  private UrlAnswer run() throws IOException {
    byte[] content = written == null ? null : written.content();
    if (recorded.isStreamed() && own.getDoOutput() && content == null) {
      return streamed().answer();
    }
    UrlRequest request = own.getDoInput() ? request(content) : null;
    HttpCall begun = begin(request);
    if (request == null || begun == null) {
      return untouched(content);
    }
    UrlSend one = new UrlSend(request, opener, exchanges.routes());
    send = one;
    call = begun;
    try {
      return BlockingExchange.run(begun, one);
    } catch (UntouchedException fault) {
      tell(fault);
      forget();
      return untouched(content);
    } catch (IOException | RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable impossible) {
      throw new IOException(impossible);
    }
  }

  private @Nullable UrlRequest request(byte @Nullable [] content) {
    try {
      URI uri = own.getURL().toURI();
      return new UrlRequest(recorded, own.getRequestMethod(), uri, content);
    } catch (URISyntaxException unbound) {
      return null;
    }
  }

  private @Nullable HttpCall begin(@Nullable UrlRequest request) {
    try {
      return request == null ? null : exchanges.begin(request);
    } catch (Throwable fault) {
      tell(fault);
      return null;
    }
  }

  static void tell(Throwable fault) {
    Throwable shown = fault instanceof UntouchedException ? fault : new UntouchedException(fault);
    if (TOLD.compareAndSet(false, true)) {
      LOG.warn("HttpURLConnection: a fault inside Rotor; the request passes untouched", shown);
    } else {
      LOG.debug("HttpURLConnection: a fault inside Rotor", shown);
    }
  }

  private UrlAnswer untouched(byte @Nullable [] content) throws IOException {
    if (content != null) {
      try (OutputStream out = own.getOutputStream()) {
        out.write(content);
      }
    }
    return UrlAnswer.untouched(own);
  }

  void disconnect() {
    HttpCall current = call;
    UrlSend sending = send;
    // first, so that a wait that ends for this knows why
    if (sending != null) {
      sending.disconnect();
    } else {
      own.disconnect();
    }
    if (current != null) {
      current.cancel();
    }
  }
}
