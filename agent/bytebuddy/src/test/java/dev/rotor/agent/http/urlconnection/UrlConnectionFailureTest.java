package dev.rotor.agent.http.urlconnection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a key, and of the request, where the JDK's connection throws. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class UrlConnectionFailureTest {

  private static final int LONG = 3_000_000;

  private final FakeTime time = new FakeTime();
  private @Nullable Provider started;
  private @Nullable Rotor engine;

  @BeforeEach
  void start() throws Exception {
    Provider provider = Provider.start(request -> Reply.of(200, "fine"));
    started = provider;
    engine =
        Engines.of(
            provider,
            time,
            "profile: generic-bearer",
            "keys: [{name: only, secret: " + Engines.FIRST + ", limits: {concurrent: 1}}]");
  }

  @AfterEach
  void close() {
    provider().close();
  }

  private Provider provider() {
    return requireNonNull(started);
  }

  private Rotor rotor() {
    return requireNonNull(engine);
  }

  private URL url() throws IOException {
    return provider().uri("/v1/chat").toURL();
  }

  private HttpURLConnection own() throws IOException {
    return (HttpURLConnection) url().openConnection();
  }

  private HttpURLConnection connection(HttpURLConnection own, Opener opener) {
    HttpURLConnection connection =
        new BoundHttpConnection(new UrlExchange(rotor().exchanges(), own, opener));
    connection.setRequestProperty("Authorization", "Bearer rotor");
    return connection;
  }

  private HttpURLConnection connection(Opener opener) throws IOException {
    return connection(own(), opener);
  }

  private OutputStream stream(HttpURLConnection connection) throws IOException {
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(LONG);
    return connection.getOutputStream();
  }

  private int statusOfAnother() throws IOException {
    return connection(url -> (HttpURLConnection) url.openConnection()).getResponseCode();
  }

  @Test
  void aWriteThatFailsGivesTheKeysPlaceBack() throws Exception {
    FakeConnection broken = new FakeConnection(url());
    OutputStream out = stream(connection(url -> broken));
    assertThat(statusOfAnother()).isEqualTo(429);

    assertThatThrownBy(() -> out.write(new byte[10])).hasMessage("broken pipe");

    assertThat(statusOfAnother()).isEqualTo(200);
  }

  @Test
  void aBodyThatTheApplicationDoesNotFinishGivesTheKeysPlaceBack() throws Exception {
    OutputStream out = stream(connection(url -> (HttpURLConnection) url.openConnection()));
    assertThat(statusOfAnother()).isEqualTo(429);

    assertThatThrownBy(out::close).hasMessageContaining("insufficient data");

    assertThat(statusOfAnother()).isEqualTo(200);
  }

  @Test
  void anAnswerThatIsNeverAskedForGivesTheKeysPlaceBack() throws Exception {
    sendAndForget();
    assertThat(statusOfAnother()).isEqualTo(429);

    int status = 429;
    while (status == 429) {
      System.gc();
      status = statusOfAnother();
    }

    assertThat(status).isEqualTo(200);
  }

  private void sendAndForget() throws IOException {
    HttpURLConnection connection = connection(url -> (HttpURLConnection) url.openConnection());
    try (OutputStream out = stream(connection)) {
      out.write(new byte[LONG]);
    }
  }

  @Test
  void aConnectionThatCannotBeOpenedLetsAStreamedRequestThroughUntouched() throws Exception {
    HttpURLConnection connection =
        connection(
            url -> {
              throw new IOException("planted");
            });

    try (OutputStream out = stream(connection)) {
      out.write(new byte[LONG]);
    }

    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(provider().keys()).containsExactly("rotor");
    assertThat(provider().received())
        .extracting(Received::body)
        .allMatch(it -> it.length() == LONG);
    assertThat(statusOfAnother()).isEqualTo(200);
  }

  @Test
  void whatIsNoIoFailureIsThrownAgainAndAgainToo() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    HttpURLConnection connection =
        connection(
            url -> {
              sent.incrementAndGet();
              return new FakeConnection(url);
            });

    assertThatThrownBy(connection::getResponseCode).hasMessage("not that way");
    assertThatThrownBy(connection::getInputStream).hasMessage("not that way");

    assertThat(sent).hasValue(1);
  }

  @Test
  void disconnectingReachesTheConnectionThatPassedUntouched() throws Exception {
    for (boolean streamed : new boolean[] {false, true}) {
      FakeConnection own = new FakeConnection(url());
      HttpURLConnection connection =
          connection(
              own,
              url -> {
                throw new IllegalStateException("planted");
              });
      if (streamed) {
        stream(connection);
      }
      assertThatThrownBy(connection::getResponseCode).hasMessage("not that way");

      connection.disconnect();

      assertThat(own.disconnected).isTrue();
    }
  }

  /** One that can be written to and asked for an answer in vain. */
  private static final class FakeConnection extends HttpURLConnection {

    private boolean disconnected;

    FakeConnection(URL url) {
      super(url);
    }

    @Override
    public void connect() {}

    @Override
    public void disconnect() {
      disconnected = true;
    }

    @Override
    public boolean usingProxy() {
      return false;
    }

    @Override
    public int getResponseCode() {
      throw new IllegalStateException("not that way");
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          throw new IOException("broken pipe");
        }
      };
    }
  }
}
