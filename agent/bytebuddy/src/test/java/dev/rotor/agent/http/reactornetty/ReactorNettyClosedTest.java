package dev.rotor.agent.http.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.runtime.Rotor;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;

/** Where a provider closes the connection too early, or says what no client understands. */
class ReactorNettyClosedTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";
  private static final String CUT =
      "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 100\r\n\r\nslow down ";

  private final FakeTime time = new FakeTime();
  private final ConnectionProvider pool = ConnectionProvider.create("one", 1);
  private final ConnectionProvider beside = ConnectionProvider.create("beside", 1);
  private final CountDownLatch slowMayEnd = new CountDownLatch(1);
  private @Nullable RawProvider provider;

  @AfterEach
  void close() {
    slowMayEnd.countDown();
    pool.disposeLater().block(LONG);
    beside.disposeLater().block(LONG);
    if (provider != null) {
      provider.close();
    }
  }

  private RawProvider provider(RawProvider.Answers answers) throws Exception {
    RawProvider started = RawProvider.start(answers);
    provider = started;
    return started;
  }

  private static String limited(int seconds) {
    return "HTTP/1.1 429 Too Many Requests\r\nRetry-After: "
        + seconds
        + "\r\nX-Own: yes\r\nContent-Length: 9\r\n\r\nslow down";
  }

  private Rotor engine(RawProvider provider, String profile, String keys) {
    return Engines.of(
        provider.port(),
        time,
        "profile: " + profile,
        "keys: [" + keys + "]",
        "wait: {max: 60s}",
        "deadline: 120s");
  }

  private static String key(String secret, int priority, int concurrent) {
    return "{name: k%d, secret: %s, priority: %d, limits: {concurrent: %d}}"
        .formatted(priority, secret, priority, concurrent);
  }

  private HttpClient client(Rotor rotor) {
    return Clients.of(rotor, pool);
  }

  private static @Nullable String get(HttpClient client, URI uri) {
    return answer(client.get().uri(uri)).block(LONG);
  }

  private static Mono<String> answer(HttpClient.ResponseReceiver<?> receiver) {
    return receiver.responseSingle(
        (response, body) ->
            body.asString()
                .defaultIfEmpty("")
                .map(
                    text ->
                        response.status().code()
                            + " "
                            + text
                            + " "
                            + response.responseHeaders().get("X-Own", "")));
  }

  private static HttpClient.ResponseReceiver<?> post(HttpClient client, URI uri) {
    return client.post().uri(uri).send(ByteBufMono.fromString(Mono.just("hello")));
  }

  /** Occupies the first key until it is told to go on. */
  private CompletableFuture<String> slow(Rotor rotor, RawProvider provider) throws Exception {
    CompletableFuture<String> slow =
        answer(Clients.of(rotor, beside).get().uri(provider.uri("/slow"))).toFuture();
    provider.awaitConnection();
    return slow;
  }

  @Test
  void anAnswerThatBreaksOffWhileItIsHeldFailsAsTheClientsOwn() throws Exception {
    RawProvider provider = provider(head -> CUT);
    Rotor rotor = engine(provider, "generic-bearer", key(Engines.FIRST, 1, 9));

    assertThatThrownBy(() -> post(client(rotor), provider.uri("/")).response().block(LONG))
        .hasCauseInstanceOf(PrematureCloseException.class)
        .hasMessageContaining("DURING response");

    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void anAnswerThatBreaksOffIsNoReasonToSendAPostTwice() throws Exception {
    RawProvider provider = provider(head -> head.contains(Engines.FIRST) ? CUT : FINE);
    Rotor rotor =
        engine(
            provider, "generic-bearer", key(Engines.FIRST, 2, 9) + "," + key(Engines.SECOND, 1, 9));

    assertThatThrownBy(() -> post(client(rotor), provider.uri("/")).response().block(LONG))
        .hasCauseInstanceOf(PrematureCloseException.class);

    assertThat(provider.received()).hasSize(1);
    // and its connection is the pool's again
    assertThat(get(client(rotor), provider.foreign("/"))).startsWith("200 fine");
  }

  @Test
  void aGetWhoseAnswerBreaksOffIsRetried() throws Exception {
    RawProvider provider = provider(head -> CUT);
    Rotor rotor = engine(provider, "generic-bearer", key(Engines.FIRST, 1, 9));

    assertThatThrownBy(() -> get(client(rotor), provider.uri("/")))
        .hasCauseInstanceOf(PrematureCloseException.class);

    // two retries, and none of the client's own
    assertThat(provider.received()).hasSize(3);
  }

  @Test
  void aHeldAnswerOutlivesItsConnection() throws Exception {
    RawProvider provider =
        provider(
            head -> {
              if (head.contains("/slow")) {
                slowMayEnd.await();
                return limited(3600);
              }
              return head.contains("localhost") ? FINE : limited(1);
            });
    Rotor rotor = engine(provider, "generic-bearer", key(Engines.FIRST, 1, 2));
    CompletableFuture<String> slow = slow(rotor, provider);
    time.stop();
    CompletableFuture<String> held = answer(post(client(rotor), provider.uri("/"))).toFuture();
    time.awaitWaiter();
    // the pool has one connection: it is free as soon as the other is known to be closed
    assertThat(get(client(rotor), provider.foreign("/"))).startsWith("200 fine");

    slowMayEnd.countDown();

    assertThat(slow.get(2, TimeUnit.MINUTES)).isEqualTo("429 slow down yes");
    assertThat(held.get(2, TimeUnit.MINUTES)).isEqualTo("429 slow down yes");
    assertThat(provider.received()).hasSize(3);
  }

  @Test
  void anotherKeyIsTakenAfterAHeldAnswersConnectionClosed() throws Exception {
    RawProvider provider =
        provider(
            head -> {
              if (head.contains("/slow")) {
                slowMayEnd.await();
                return FINE;
              }
              return head.contains(Engines.SECOND) ? limited(30) : FINE;
            });
    Rotor rotor =
        engine(
            provider, "generic-bearer", key(Engines.FIRST, 2, 1) + "," + key(Engines.SECOND, 1, 1));
    CompletableFuture<String> slow = slow(rotor, provider);
    time.stop();
    CompletableFuture<String> held = answer(post(client(rotor), provider.uri("/"))).toFuture();
    time.awaitWaiter();
    assertThat(get(client(rotor), provider.foreign("/"))).startsWith("200 fine");

    slowMayEnd.countDown();

    assertThat(slow.get(2, TimeUnit.MINUTES)).startsWith("200 fine");
    assertThat(held.get(2, TimeUnit.MINUTES)).startsWith("200 fine");
    assertThat(provider.received()).hasSize(4);
  }

  @Test
  void whatIsNoAnswerFailsAsTheClientsOwn() throws Exception {
    RawProvider provider = provider(head -> "GARBAGE\r\n\r\n");
    Rotor rotor = engine(provider, "generic-bearer", key(Engines.FIRST, 1, 9));
    Throwable own = failure(client(rotor), provider.foreign("/"));

    Throwable thrown = failure(client(rotor), provider.uri("/"));

    assertThat(thrown).hasSameClassAs(own).hasMessage(own.getMessage());
  }

  private static Throwable failure(HttpClient client, URI uri) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    answer(post(client, uri))
        .subscribe(
            text -> failure.complete(new AssertionError("answered: " + text)), failure::complete);
    return failure.orTimeout(2, TimeUnit.MINUTES).join();
  }

  @Test
  void aRequestWhoseConnectionClosesWhileItWaitsForItsKeyIsNotSentLater() throws Exception {
    RawProvider provider =
        provider(
            head -> {
              if (head.contains("/slow")) {
                slowMayEnd.await();
              }
              return FINE;
            });
    Rotor rotor = engine(provider, "openai", key(Engines.FIRST, 1, 1));
    CompletableFuture<String> slow = slow(rotor, provider);
    time.stop();
    CompletableFuture<ChannelFuture> later = new CompletableFuture<>();
    CompletableFuture<String> waiting =
        answer(
                client(rotor)
                    .post()
                    .uri(provider.uri("/v1/chat"))
                    .send(
                        (request, outbound) -> {
                          outbound.withConnection(
                              connection ->
                                  connection
                                      .channel()
                                      .eventLoop()
                                      .execute(
                                          () ->
                                              later.complete(
                                                  connection
                                                      .channel()
                                                      .writeAndFlush(
                                                          new DefaultHttpContent(
                                                              Unpooled.copiedBuffer(
                                                                  new byte[] {1}))))));
                          return outbound.send(
                              Flux.just(Unpooled.copiedBuffer(new byte[] {2}))
                                  .concatWith(Flux.never()));
                        }))
            .toFuture();
    Socket connection = provider.awaitConnection();
    time.awaitWaiter();
    ChannelFuture unsent = later.get(2, TimeUnit.MINUTES);

    connection.close();

    assertThatThrownBy(() -> waiting.get(2, TimeUnit.MINUTES))
        .hasCauseInstanceOf(PrematureCloseException.class);
    assertThat(unsent.await(2, TimeUnit.MINUTES)).isTrue();
    assertThat(unsent.cause()).isInstanceOf(ClosedChannelException.class);
    time.runLeft();
    CountDownLatch afterWaiter = new CountDownLatch(1);
    // the timer runs one task after the other
    time.schedule(afterWaiter::countDown, 0);
    assertThat(afterWaiter.await(2, TimeUnit.MINUTES)).isTrue();
    // whatever was sent over the pool's only connection has been received by then
    assertThat(get(client(rotor), provider.foreign("/"))).startsWith("200 fine");
    assertThat(provider.received()).noneMatch(head -> head.startsWith("POST"));
    slowMayEnd.countDown();
    assertThat(slow.get(2, TimeUnit.MINUTES)).startsWith("200 fine");
  }

  @Test
  void anAddressWithoutASchemeMayHaveAnotherInItsQuery() throws Exception {
    RawProvider provider = provider(head -> FINE);
    Rotor rotor = engine(provider, "generic-bearer", key(Engines.FIRST, 1, 9));

    answer(
            client(rotor)
                .get()
                .uri("127.0.0.1:" + provider.port() + "/back?to=http://elsewhere.example/"))
        .block(LONG);

    assertThat(provider.received().get(0))
        .contains("GET /back?to=http://elsewhere.example/", Engines.FIRST);
  }
}
