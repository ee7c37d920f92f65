package dev.rotor.agent.http.urlconnection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.agent.http.SelfSigned;
import dev.rotor.runtime.Rotor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlConnectionTest {

  private final FakeTime time = new FakeTime();
  private @Nullable Provider provider;

  @AfterEach
  void close() {
    if (provider != null) {
      provider.close();
    }
  }

  private Provider provider(Function<Received, Reply> answers) throws Exception {
    provider = Provider.start(answers);
    return provider;
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine", "X-Answer", "yes");
  }

  /** As the woven protocol handler opens it. */
  private static HttpURLConnection open(Rotor rotor, URI uri) throws IOException {
    Object wrapped =
        new UrlConnectionAdapter(rotor.exchanges()).adapt(null, uri.toURL().openConnection());
    HttpURLConnection connection = (HttpURLConnection) requireNonNull(wrapped);
    connection.setRequestProperty("Authorization", "Bearer rotor");
    return connection;
  }

  private static void write(HttpURLConnection connection, String body) throws IOException {
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(UTF_8));
    }
  }

  private static String read(HttpURLConnection connection) throws IOException {
    return new String(connection.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameRequest() throws Exception {
    Provider provider = provider(UrlConnectionTest::limitsTheFirstKey);
    HttpURLConnection connection =
        open(Engines.bearer(provider, time), provider.uri("/v1/chat?a=b"));
    connection.setRequestProperty("Content-Type", "application/json");
    connection.addRequestProperty("X-Own", "1");
    connection.addRequestProperty("X-Own", "2");
    connection.setReadTimeout(10_000);

    write(connection, "hello");

    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getResponseMessage()).isEqualTo("OK");
    assertThat(read(connection)).isEqualTo("fine");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received())
        .allSatisfy(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(request.path()).isEqualTo("/v1/chat?a=b");
              assertThat(request.body()).isEqualTo("hello");
              assertThat(request.header("Content-Type")).isEqualTo("application/json");
              assertThat(request.headers().get("X-Own")).containsExactlyInAnyOrder("1", "2");
            });
  }

  @Test
  void theAnswerLooksAsTheJdksOwn() throws Exception {
    Provider provider = provider(UrlConnectionTest::limitsTheFirstKey);
    URI uri = provider.uri("/v1/models");
    HttpURLConnection connection = open(Engines.bearer(provider, time), uri);
    HttpURLConnection own = (HttpURLConnection) uri.toURL().openConnection();

    assertThat(connection.getHeaderField("x-answer")).isEqualTo("yes");
    assertThat(connection.getHeaderField(0)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(connection.getHeaderFieldKey(0)).isNull();
    assertThat(connection.getHeaderFields()).containsKeys(null, "X-answer");
    assertThat(connection.getHeaderFieldKey(99)).isNull();
    assertThat(connection.getContentLengthLong()).isEqualTo(4);
    assertThat(connection.getErrorStream()).isNull();
    assertThat(connection.getURL()).isEqualTo(uri.toURL());
    assertThat(connection.usingProxy()).isFalse();
    assertThat(connection).hasToString(own.toString());
    assertThatThrownBy(() -> connection.setRequestProperty("X", "y"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Already connected");
    assertThatThrownBy(connection::getRequestProperties).isInstanceOf(IllegalStateException.class);
    assertThat(connection.getRequestProperty("Authorization")).isNull();
  }

  @Test
  void aKeyInACustomHeaderIsNotShown() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    HttpURLConnection connection =
        open(Engines.of(provider, time, "profile: generic-header"), provider.uri("/v1/models"));
    connection.setRequestProperty("X-API-Key", "rotor");

    assertThat(connection.getResponseCode()).isEqualTo(200);

    assertThat(provider.received().get(0).header("X-API-Key")).isEqualTo(Engines.FIRST);
    assertThat(connection.getRequestProperty("X-API-Key")).isEqualTo("rotor");
  }

  @Test
  void aKeyInTheAddressIsNotShown() throws Exception {
    Provider provider = provider(request -> Reply.of(404, "gone"));
    HttpURLConnection connection =
        open(
            Engines.of(provider, time, "profile: {extends: generic-query, key: {query: key}}"),
            provider.uri("/v1/models"));

    assertThatThrownBy(connection::getInputStream)
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(provider.uri("/v1/models").toString());
    assertThat(connection.getURL()).isEqualTo(provider.uri("/v1/models").toURL());
    assertThat(connection.getErrorStream()).hasContent("gone");
    assertThat(provider.received().get(0).path()).contains(Engines.FIRST);
  }

  @Test
  void theLast429IsReadAsAnError() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/models"));

    assertThatThrownBy(connection::getInputStream)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("response code: 429");
    assertThat(connection.getErrorStream()).hasContent("slow down");
    assertThat(connection.getHeaderField("Retry-After")).isEqualTo("30");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void anErrorTooLongToBeHeldIsHandedOnWhole() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "x".repeat(700_000)));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/models"));

    assertThat(connection.getResponseCode()).isEqualTo(429);

    assertThat(requireNonNull(connection.getErrorStream()).readAllBytes()).hasSize(700_000);
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void withoutAUsableKeyTheAnswerIsRotorsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    Rotor rotor = Engines.bearer(provider, time);
    open(rotor, provider.uri("/v1/models")).getResponseCode();
    HttpURLConnection connection = open(rotor, provider.uri("/v1/models"));

    assertThat(connection.getResponseCode()).isEqualTo(429);

    assertThat(connection.getResponseMessage()).isEqualTo("Too Many Requests");
    assertThat(connection.getHeaderFieldInt("Retry-After", -1)).isPositive();
    assertThat(connection.getHeaderField(0)).startsWith("HTTP/1.1 429");
    assertThat(new String(requireNonNull(connection.getErrorStream()).readAllBytes(), UTF_8))
        .contains("\"type\":\"rotor\"");
    assertThatThrownBy(connection::getInputStream).isInstanceOf(IOException.class);
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void theLastAnswerOfAllTellsClientsNotToTryEither() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/chat"));

    assertThat(connection.getResponseCode()).isEqualTo(429);

    assertThat(connection.getHeaderField("X-Should-Retry")).isEqualTo("false");
    assertThat(connection.getHeaderField("retry-after")).isEqualTo("30");
    assertThat(connection.getHeaderFields())
        .containsEntry("x-should-retry", List.of("false"))
        .containsKey(null);
    int last = 0;
    while (connection.getHeaderField(last + 1) != null) {
      last++;
    }
    assertThat(connection.getHeaderFieldKey(last)).isEqualTo("x-should-retry");
    assertThat(connection.getHeaderFieldKey(last + 1)).isNull();
  }

  @Test
  void aLongStreamedBodyIsSentOnce() throws Exception {
    Provider provider = provider(UrlConnectionTest::limitsTheFirstKey);
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/chat"));
    connection.setChunkedStreamingMode(0);
    String body = "long".repeat(600_000);

    write(connection, body);

    assertThat(connection.getResponseCode()).isEqualTo(429);
    assertThat(connection.getErrorStream()).hasContent("slow down");
    assertThat(provider.received()).extracting(Received::body).containsExactly(body);
    assertThat(provider.keys()).containsExactly(Engines.FIRST);
  }

  @Test
  void aShortStreamedBodyIsSentAgainInTheSameWay() throws Exception {
    Provider provider = provider(UrlConnectionTest::limitsTheFirstKey);
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/chat"));
    connection.setChunkedStreamingMode(0);

    write(connection, "short");

    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received())
        .allSatisfy(
            request -> {
              assertThat(request.body()).isEqualTo("short");
              assertThat(request.header("Transfer-Encoding")).isEqualTo("chunked");
            });
  }

  @Test
  void aBodyMustBeAsLongAsWasSaid() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    Rotor rotor = Engines.bearer(provider, time);
    HttpURLConnection tooLong = open(rotor, provider.uri("/v1/chat"));
    tooLong.setFixedLengthStreamingMode(2);
    assertThatThrownBy(() -> write(tooLong, "three"))
        .isInstanceOf(IOException.class)
        .hasMessage("too many bytes to write");
    HttpURLConnection tooShort = open(rotor, provider.uri("/v1/chat"));
    tooShort.setFixedLengthStreamingMode(20);
    assertThatThrownBy(() -> write(tooShort, "three"))
        .isInstanceOf(IOException.class)
        .hasMessage("insufficient data written");
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void aStreamedBodyIsNotRedirected() throws Exception {
    Provider provider = provider(request -> Reply.of(307, "", "Location", "/elsewhere"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/chat"));
    connection.setFixedLengthStreamingMode(4);

    write(connection, "once");

    assertThatThrownBy(connection::getResponseCode).isInstanceOf(HttpRetryException.class);
  }

  @Test
  void aForeignCredentialPassesUntouched() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/chat"));
    connection.setRequestProperty("Authorization", "Bearer somebody-else");

    write(connection, "hello");

    assertThat(connection.getResponseCode()).isEqualTo(429);
    assertThat(connection.getErrorStream()).hasContent("slow down");
    assertThat(provider.keys()).containsExactly("somebody-else");
    assertThat(provider.received()).extracting(Received::body).containsExactly("hello");
  }

  @Test
  void aHostThatIsNotBoundIsNotWrapped() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    Rotor rotor = Engines.bearer(provider, time);
    var own = provider.foreign("/").toURL().openConnection();

    assertThat(new UrlConnectionAdapter(rotor.exchanges()).adapt(null, own)).isSameAs(own);
  }

  @Test
  void aRedirectWithinTheApiCarriesTheKey() throws Exception {
    Provider provider =
        provider(
            request ->
                request.path().equals("/old")
                    ? Reply.of(302, "", "Location", "/new?x=y")
                    : Reply.of(200, "moved"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/old"));

    assertThat(read(connection)).isEqualTo("moved");

    assertThat(connection.getURL()).isEqualTo(provider.uri("/new?x=y").toURL());
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.FIRST);
  }

  @Test
  void aRedirectToAnotherHostCarriesNoKey() throws Exception {
    Provider provider =
        provider(
            request ->
                request.path().equals("/old")
                    ? Reply.of(
                        307,
                        "",
                        "Location",
                        "http://localhost:"
                            + String.valueOf(request.header("Host")).split(":", 2)[1]
                            + "/stolen")
                    : Reply.of(200, "moved"));
    HttpURLConnection connection =
        open(Engines.of(provider, time, "profile: generic-header"), provider.uri("/old"));
    connection.setRequestProperty("X-API-Key", "rotor");
    connection.setRequestProperty("X-Own", "1");

    write(connection, "hello");

    assertThat(read(connection)).isEqualTo("moved");
    Received last = provider.received().get(1);
    assertThat(last.method()).isEqualTo("POST");
    assertThat(last.body()).isEqualTo("hello");
    assertThat(last.header("X-Own")).isEqualTo("1");
    assertThat(last.header("X-API-Key")).isNull();
    assertThat(last.headers().toString()).doesNotContain(Engines.FIRST);
  }

  @Test
  void a303TurnsAPostIntoAGet() throws Exception {
    Provider provider =
        provider(
            request ->
                request.path().equals("/old")
                    ? Reply.of(303, "", "Location", "/new")
                    : Reply.of(200, request.method()));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/old"));

    write(connection, "hello");

    assertThat(read(connection)).isEqualTo("GET");
    assertThat(provider.received().get(1).body()).isEmpty();
  }

  @Test
  void aRedirectIsNotFollowedWhereTheApplicationSaysSo() throws Exception {
    Provider provider = provider(request -> Reply.of(302, "", "Location", "/new"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/old"));
    connection.setInstanceFollowRedirects(false);

    assertThat(connection.getResponseCode()).isEqualTo(302);
    assertThat(connection.getHeaderField("Location")).isEqualTo("/new");
  }

  @Test
  void redirectsEndAsWithTheJdk() throws Exception {
    Provider provider = provider(request -> Reply.of(302, "", "Location", "/again"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/again"));

    assertThatThrownBy(connection::getResponseCode)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("redirected too many");
    int own = provider.received().size();
    assertThatThrownBy(
            () ->
                ((HttpURLConnection) provider.uri("/again").toURL().openConnection())
                    .getInputStream())
        .isInstanceOf(ProtocolException.class);
    assertThat(provider.received()).hasSize(own * 2);
  }

  @Test
  void itIsTheSameOverTls(@TempDir Path directory) throws Exception {
    SSLContext tls = SelfSigned.context(directory);
    provider = Provider.startSecure(tls, UrlConnectionTest::limitsTheFirstKey);
    HttpsURLConnection connection =
        (HttpsURLConnection) open(Engines.bearer(provider, time), provider.uri("/v1/models"));
    connection.setSSLSocketFactory(tls.getSocketFactory());
    assertThatThrownBy(connection::getCipherSuite).isInstanceOf(IllegalStateException.class);

    assertThat(read(connection)).isEqualTo("fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(connection.getCipherSuite()).isNotEmpty();
    assertThat(connection.getServerCertificates()).hasSize(1);
  }

  @Test
  void disconnectingWakesAWaitForAKey() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    Rotor rotor = Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 60s}");
    HttpURLConnection connection = open(rotor, provider.uri("/v1/models"));
    time.stop();
    CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> statusOf(connection));

    time.awaitWaiter();
    connection.disconnect();

    assertThat(status.get()).isEqualTo(429);
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void interruptedWhileItWaitsForItsFirstKeyItSaysSo() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    Rotor rotor = Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 29s}");
    open(rotor, provider.uri("/v1/models")).getResponseCode();
    HttpURLConnection connection = open(rotor, provider.uri("/v1/models"));
    time.sleep(5_000_000_000L, null);
    time.stop();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                connection.getResponseCode();
              } catch (Throwable failure) {
                thrown.complete(failure);
              }
            });
    caller.start();

    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    assertThat(provider.received()).hasSize(2);
  }

  private static int statusOf(HttpURLConnection connection) {
    try {
      return connection.getResponseCode();
    } catch (IOException failed) {
      return -1;
    }
  }

  @Test
  void whatTheJdkThrowsIsThrownAgainAndAgain() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    HttpURLConnection connection = open(Engines.bearer(provider, time), provider.uri("/v1/models"));
    provider.close();

    assertThatThrownBy(connection::getResponseCode).isInstanceOf(java.net.ConnectException.class);
    assertThatThrownBy(connection::getInputStream).isInstanceOf(java.net.ConnectException.class);
    assertThat(connection.getHeaderField("X")).isNull();
  }
}
