package dev.rotor.agent.http.reactornetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

class ReactorNettyTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private final FakeTime time = new FakeTime();
  private final ConnectionProvider pool = ConnectionProvider.create("one", 1);
  private @Nullable Provider provider;

  @AfterEach
  void close() {
    pool.disposeLater().block(LONG);
    if (provider != null) {
      provider.close();
    }
  }

  private Provider provider(Function<Received, Reply> answers) throws Exception {
    provider = Provider.start(answers);
    return provider;
  }

  private HttpClient client(Rotor rotor) {
    return Clients.of(rotor, pool);
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine");
  }

  private static ByteBufMono text(String text) {
    return ByteBufMono.fromString(Mono.just(text));
  }

  /** Status and body. */
  private static Mono<String> answer(HttpClientResponse response, ByteBufMono body) {
    return body.asString().defaultIfEmpty("").map(text -> response.status().code() + " " + text);
  }

  private static @Nullable String get(HttpClient client, java.net.URI uri) {
    return client.get().uri(uri).responseSingle(ReactorNettyTest::answer).block(LONG);
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameBody() throws Exception {
    Provider provider = provider(ReactorNettyTest::limitsTheFirstKey);
    AtomicReference<String> shown = new AtomicReference<>("");

    String answer =
        client(Engines.bearer(provider, time))
            .post()
            .uri(provider.uri("/v1/chat?x=1"))
            .send(text("hello"))
            .responseSingle(
                (response, body) -> {
                  shown.set(
                      response.requestHeaders() + " " + response.resourceUrl() + " " + response);
                  return answer(response, body);
                })
            .block(LONG);

    assertThat(answer).isEqualTo("200 fine");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received()).extracting(Received::body).containsOnly("hello");
    assertThat(provider.received()).extracting(Received::path).containsOnly("/v1/chat?x=1");
    assertThat(shown.get()).contains("Bearer rotor").doesNotContain(Engines.SECOND);
  }

  @Test
  void afterA401NoEventLoopReadsTheCredentialsAgain() throws Exception {
    Provider provider =
        provider(
            request ->
                String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
                    ? Reply.of(401, "who?")
                    : Reply.of(200, "fine"));
    Rotor rotor = Engines.bearer(provider, time);
    AtomicReference<String> reader = new AtomicReference<>("");
    rotor.onRefusedCredential(() -> reader.set(Thread.currentThread().getName()));

    assertThat(get(client(rotor), provider.uri("/"))).isEqualTo("200 fine");

    assertThat(reader).hasValue("rotor-resume");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
  }

  @Test
  void aPublisherThatGivesItsBodyOnceIsAskedOnce() throws Exception {
    Provider provider = provider(ReactorNettyTest::limitsTheFirstKey);
    AtomicInteger subscriptions = new AtomicInteger();
    Flux<ByteBuf> once =
        Flux.defer(
            () ->
                subscriptions.getAndIncrement() == 0
                    ? Flux.just("he", "ll", "o").map(part -> Unpooled.copiedBuffer(part, UTF_8))
                    : Flux.error(new IllegalStateException("asked again")));

    String answer =
        client(Engines.bearer(provider, time))
            .post()
            .uri(provider.uri("/v1/chat"))
            .send(
                (request, outbound) -> {
                  request.header("X-Late", "1");
                  return outbound.send(once);
                })
            .responseSingle(ReactorNettyTest::answer)
            .block(LONG);

    assertThat(answer).isEqualTo("200 fine");
    assertThat(provider.received()).extracting(Received::body).containsExactly("hello", "hello");
    assertThat(provider.received()).allMatch(received -> "1".equals(received.header("X-Late")));
    assertThat(provider.received())
        .allMatch(received -> "chunked".equals(received.header("Transfer-Encoding")));
  }

  @Test
  void aBodyTooLongToBeKeptIsSentOnce() throws Exception {
    Provider provider = provider(ReactorNettyTest::limitsTheFirstKey);
    Flux<ByteBuf> body =
        Flux.range(0, 300).map(i -> Unpooled.copiedBuffer("x".repeat(10_000), UTF_8));

    String answer =
        client(Engines.bearer(provider, time))
            .post()
            .uri(provider.uri("/v1/chat"))
            .send(body)
            .responseSingle(ReactorNettyTest::answer)
            .block(LONG);

    assertThat(answer).isEqualTo("429 slow down");
    assertThat(provider.received())
        .extracting(Received::body)
        .containsExactly("x".repeat(3_000_000));
  }

  @Test
  void theLastAnswerIsTheProvidersOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    HttpClient client = client(Engines.bearer(provider, time));
    AtomicReference<String> retry = new AtomicReference<>("");

    String answer =
        client
            .get()
            .uri(provider.uri("/"))
            .response(
                (response, body) -> {
                  retry.set(String.valueOf(response.responseHeaders().get("x-should-retry")));
                  return answer(response, body.aggregate());
                })
            .blockLast(LONG);

    assertThat(answer).isEqualTo("429 slow down");
    assertThat(retry).hasValue("false");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void anAnswerTooLongToBeHeldIsHandedOnWhole() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "x".repeat(700_000)));

    assertThat(get(client(Engines.bearer(provider, time)), provider.uri("/"))).hasSize(700_004);

    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void aServerErrorIsRetriedForAGetOnly() throws Exception {
    Provider provider = provider(request -> Reply.of(500, "out"));
    HttpClient client = client(Engines.bearer(provider, time));

    assertThat(get(client, provider.uri("/"))).isEqualTo("500 out");
    assertThat(provider.received()).hasSize(3);

    client.post().uri(provider.uri("/")).send(text("x")).response().block(LONG);
    assertThat(provider.received()).hasSize(4);
  }

  @Test
  void withoutAUsableKeyTheAnswerIsRotorsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    HttpClient client = client(Engines.bearer(provider, time));
    get(client, provider.uri("/"));
    AtomicReference<String> shown = new AtomicReference<>("");

    String answer =
        client
            .post()
            .uri(provider.uri("/v1/chat?x=1"))
            .responseSingle(
                (response, body) -> {
                  shown.set(response.method() + " " + response.uri());
                  return answer(response, body);
                })
            .block(LONG);

    assertThat(answer).startsWith("429 ").contains("\"type\":\"rotor\"");
    assertThat(shown).hasValue("POST /v1/chat?x=1");
    assertThat(requireNonNull(client.get().uri(provider.uri("/")).response().block(LONG)).status())
        .hasToString("429 Too Many Requests");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void aRedirectToAnotherHostCarriesNoKey() throws Exception {
    Provider provider =
        provider(
            request ->
                switch (request.path()) {
                  case "/old" -> Reply.of(307, "", "Location", "/new");
                  case "/new" ->
                      Reply.of(
                          307,
                          "",
                          "Location",
                          "http://localhost:"
                              + String.valueOf(request.header("Host")).split(":", 2)[1]
                              + "/stolen");
                  default -> Reply.of(200, "moved");
                });

    String answer =
        client(Engines.of(provider, time, "profile: generic-header"))
            .followRedirect(true)
            .headers(headers -> headers.set("X-API-Key", "rotor").set("X-Own", "1"))
            .post()
            .uri(provider.uri("/old"))
            .send(text("hello"))
            .responseSingle(ReactorNettyTest::answer)
            .block(LONG);

    assertThat(answer).isEqualTo("200 moved");
    assertThat(provider.received())
        .extracting(received -> received.header("X-API-Key"))
        .containsExactly(Engines.FIRST, Engines.FIRST, "rotor");
    assertThat(provider.received()).extracting(Received::body).containsOnly("hello");
    assertThat(provider.received().get(2).path()).isEqualTo("/stolen");
    assertThat(provider.received().get(2).header("X-Own")).isEqualTo("1");
  }

  @Test
  void aSecretThatTheApplicationHoldsDoesNotFollowARedirectToAnotherHost() throws Exception {
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

    client(Engines.of(provider, time, "profile: generic-header"))
        .followRedirect(true)
        .headers(headers -> headers.set("X-API-Key", Engines.SECOND).set("X-Own", "1"))
        .get()
        .uri(provider.uri("/old"))
        .response()
        .block(LONG);

    Received last = provider.received().get(1);
    assertThat(last.path()).isEqualTo("/stolen");
    assertThat(last.headers().toString()).doesNotContain(Engines.FIRST, Engines.SECOND);
    assertThat(last.header("X-Own")).isEqualTo("1");
  }

  @Test
  void aForeignCredentialThatComesLatePassesUntouched() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down"));

    String answer =
        client(Engines.bearer(provider, time))
            .post()
            .uri(provider.uri("/"))
            .send(
                (request, outbound) ->
                    outbound.send(
                        Mono.fromSupplier(
                            () -> {
                              request.header("Authorization", "Bearer somebody-else");
                              return Unpooled.copiedBuffer("hello", UTF_8);
                            })))
            .responseSingle(ReactorNettyTest::answer)
            .block(LONG);

    assertThat(answer).isEqualTo("429 slow down");
    assertThat(provider.keys()).containsExactly("somebody-else");
  }

  @Test
  void aKeysOwnBaseUrlIsWhereItsRequestsGo() throws Exception {
    try (Provider other = Provider.start(request -> Reply.of(200, "other " + request.body()))) {
      Provider provider = provider(request -> Reply.of(200, "own"));
      Rotor rotor = engineWithBaseUrl(provider, other);

      String answer =
          client(rotor)
              .post()
              .uri(provider.uri("/v1/chat"))
              .send(text("hello"))
              .responseSingle(ReactorNettyTest::answer)
              .block(LONG);

      assertThat(answer).isEqualTo("200 other hello");
      assertThat(provider.received()).isEmpty();
      assertThat(other.keys()).containsExactly(Engines.FIRST);
      assertThat(other.received().get(0).header("Host")).isEqualTo("127.0.0.1:" + other.port());
    }
  }

  @Test
  void aForeignCredentialGoesToNoKeysBaseUrl() throws Exception {
    try (Provider other = Provider.start(request -> Reply.of(200, "other"))) {
      Provider provider = provider(request -> Reply.of(200, "own " + request.body()));
      Rotor rotor = engineWithBaseUrl(provider, other);

      String answer =
          client(rotor)
              .post()
              .uri(provider.uri("/v1/chat"))
              .send(
                  (request, outbound) -> {
                    request.header("Authorization", "Bearer somebody-else");
                    return outbound.send(text("hello"));
                  })
              .responseSingle(ReactorNettyTest::answer)
              .block(LONG);

      assertThat(answer).isEqualTo("200 own hello");
      assertThat(provider.keys()).containsExactly("somebody-else");
      assertThat(other.received()).isEmpty();
    }
  }

  private Rotor engineWithBaseUrl(Provider provider, Provider other) {
    return Engines.of(
        provider,
        time,
        "profile: generic-bearer",
        "hosts: [\"127.0.0.1:" + provider.port() + "\", \"127.0.0.1:" + other.port() + "\"]",
        "base-url: " + provider.uri(""),
        "keys: [{name: first, secret: "
            + Engines.FIRST
            + ", base-url: \""
            + other.uri("")
            + "\"}]");
  }

  @Test
  void cancellingWakesAWaitForAKey() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    Rotor rotor = Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 60s}");
    time.stop();
    HttpClient client = client(rotor);
    Disposable waiting = client.get().uri(provider.uri("/")).response().subscribe();

    time.awaitWaiter();
    waiting.dispose();

    // the pool's only connection is free again, and the answer that was held is gone
    assertThat(get(client.mapConnect(connect -> connect), provider.foreign("/"))).startsWith("429");
    assertThat(provider.keys()).hasSize(3);
  }

  @Test
  void theKeysPlaceIsKeptUntilTheAnswerEnds() throws Exception {
    Provider provider =
        provider(
            request ->
                // not there all at once
                Reply.of(200, request.path().equals("/long") ? "x".repeat(8_000_000) : "fine"));
    Rotor rotor =
        Engines.of(
            provider,
            time,
            "profile: generic-bearer",
            "keys: [{name: only, secret: " + Engines.FIRST + ", limits: {concurrent: 1}}]");
    ConnectionProvider two = ConnectionProvider.create("two", 2);
    try {
      HttpClient client = Clients.of(rotor, two);
      CompletableFuture<String> beside = new CompletableFuture<>();

      List<String> first =
          client
              .get()
              .uri(provider.uri("/long"))
              .response(
                  (response, body) ->
                      client
                          .get()
                          .uri(provider.uri("/"))
                          .responseSingle(ReactorNettyTest::answer)
                          .doOnNext(beside::complete)
                          .thenMany(body.asString()))
              .collectList()
              .block(LONG);

      assertThat(String.join("", requireNonNull(first))).hasSize(8_000_000);
      assertThat(beside.join()).contains("\"type\":\"rotor\"");
      assertThat(get(client, provider.uri("/"))).isEqualTo("200 fine");
      // given up with its body unread
      client
          .get()
          .uri(provider.uri("/"))
          .responseConnection((it, on) -> Mono.just(on))
          .next()
          .doOnNext(connection -> connection.dispose())
          .block(LONG);
      assertThat(get(client, provider.uri("/"))).isEqualTo("200 fine");
      client.get().uri(provider.uri("/")).response().block(LONG);
      assertThat(get(client, provider.uri("/"))).isEqualTo("200 fine");
    } finally {
      two.disposeLater().block(LONG);
    }
  }

  @Test
  void whatTheApplicationsBodyThrowsIsItsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    AtomicInteger asked = new AtomicInteger();

    Mono<HttpClientResponse> answer =
        client(Engines.bearer(provider, time))
            .put()
            .uri(provider.uri("/"))
            .send(
                Mono.defer(
                    () -> {
                      asked.incrementAndGet();
                      return Mono.error(new IllegalStateException("no body"));
                    }))
            .response();

    assertThatThrownBy(() -> answer.block(LONG)).hasMessage("no body");
    assertThat(asked).hasValue(1);
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void aFailureOfTheNetworkIsTheClientsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    HttpClient client = client(Engines.bearer(provider, time));
    provider.close();

    assertThatThrownBy(() -> get(client, provider.uri("/")))
        .hasRootCauseInstanceOf(ConnectException.class);
  }

  @Test
  void eachSubscriptionIsAnExchange() throws Exception {
    Provider provider = provider(ReactorNettyTest::limitsTheFirstKey);
    Mono<String> answer =
        client(Engines.bearer(provider, time))
            .get()
            .uri(provider.uri("/"))
            .responseSingle(ReactorNettyTest::answer);

    assertThat(answer.block(LONG)).isEqualTo("200 fine");
    assertThat(answer.block(LONG)).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND, Engines.SECOND);
  }

  @Test
  void callbacksAreToldOfTheFinalAnswerOnly() throws Exception {
    Provider provider = provider(ReactorNettyTest::limitsTheFirstKey);
    List<String> told = new CopyOnWriteArrayList<>();
    CompletableFuture<String> after = new CompletableFuture<>();

    get(
        client(Engines.bearer(provider, time))
            .doOnResponse((response, connection) -> told.add(response.status().toString()))
            .doAfterResponseSuccess(
                (response, connection) -> after.complete(response.status() + "")),
        provider.uri("/"));

    assertThat(after.get(2, TimeUnit.MINUTES)).isEqualTo("200 OK");
    assertThat(told).containsExactly("200 OK");
  }

  private Rotor engineWithModels(Provider provider, String... more) {
    return Engines.of(
        provider,
        time,
        Stream.concat(Stream.of("profile: openai"), Stream.of(more)).toArray(String[]::new));
  }

  private static @Nullable String ask(HttpClient client, java.net.URI uri, String model) {
    return client
        .post()
        .uri(uri)
        .send(text("{\"model\": \"" + model + "\"}"))
        .responseSingle(ReactorNettyTest::answer)
        .block(LONG);
  }

  @Test
  void theBodySaysWhatLaneAKeyIsTakenFor() throws Exception {
    Provider provider =
        provider(
            request ->
                request.body().contains("large")
                    ? limitsTheFirstKey(request)
                    : Reply.of(200, request.body()));
    HttpClient client = client(engineWithModels(provider));

    assertThat(ask(client, provider.uri("/v1/chat"), "large")).isEqualTo("200 fine");
    assertThat(ask(client, provider.uri("/v1/chat"), "small"))
        .isEqualTo("200 {\"model\": \"small\"}");
    assertThat(ask(client, provider.uri("/v1/chat"), "large")).isEqualTo("200 fine");

    assertThat(provider.keys())
        .containsExactly(Engines.FIRST, Engines.SECOND, Engines.FIRST, Engines.SECOND);
  }

  @Test
  void aStreamedBodyThatIsToSayTheLaneGoesOutWhole() throws Exception {
    Provider provider = provider(request -> Reply.of(200, request.body().length() + " bytes"));
    HttpClient client = client(engineWithModels(provider));
    // with a length, and without
    for (int parts : new int[] {3, 300, 4000, -3, -4000}) {
      AtomicInteger subscriptions = new AtomicInteger();
      Flux<ByteBuf> body =
          Flux.range(0, Math.abs(parts))
              .map(i -> Unpooled.copiedBuffer("x".repeat(1000), UTF_8))
              .doOnSubscribe(it -> subscriptions.incrementAndGet());

      String answer =
          client
              .post()
              .uri(provider.uri("/v1/chat"))
              .send(
                  (request, outbound) -> {
                    if (parts > 0) {
                      request.header("Content-Length", Integer.toString(parts * 1000));
                    }
                    return outbound.send(body);
                  })
              .responseSingle(ReactorNettyTest::answer)
              .block(LONG);

      assertThat(answer).isEqualTo("200 " + Math.abs(parts) * 1000 + " bytes");
      assertThat(subscriptions).hasValue(1);
    }
    assertThat(provider.keys()).containsOnly(Engines.FIRST).hasSize(5);
  }

  @Test
  void aRequestMayWaitForTheKeyOfItsLane() throws Exception {
    Provider provider = provider(request -> Reply.of(200, request.body()));
    Rotor rotor =
        engineWithModels(
            provider,
            "wait: {max: 90s}",
            "deadline: 120s",
            "keys: [{name: only, secret: " + Engines.FIRST + ", limits: {requests: 1/1m}}]");
    HttpClient client = client(rotor);

    assertThat(ask(client, provider.uri("/v1/chat"), "m")).isEqualTo("200 {\"model\": \"m\"}");
    assertThat(ask(client, provider.uri("/v1/chat"), "m")).isEqualTo("200 {\"model\": \"m\"}");

    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void whereNoKeyIsUsableTheLaneIsRefusedAndNothingIsSent() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    HttpClient client = client(engineWithModels(provider));

    assertThat(ask(client, provider.uri("/v1/chat"), "large")).isEqualTo("429 no");
    assertThat(ask(client, provider.uri("/v1/chat"), "large")).contains("\"type\":\"rotor\"");
    assertThat(ask(client, provider.uri("/v1/chat"), "small")).isEqualTo("429 no");

    assertThat(provider.received()).hasSize(4);
  }

  @Test
  void aLanesForeignCredentialPassesUntouched() throws Exception {
    Provider provider = provider(request -> Reply.of(200, request.body()));

    String answer =
        client(engineWithModels(provider))
            .post()
            .uri(provider.uri("/v1/chat"))
            .send(
                (request, outbound) -> {
                  request.header("Authorization", "Bearer somebody-else");
                  return outbound.send(text("hello"));
                })
            .responseSingle(ReactorNettyTest::answer)
            .block(LONG);

    assertThat(answer).isEqualTo("200 hello");
    assertThat(provider.keys()).containsExactly("somebody-else");
  }

  @Test
  void aLanesKeyMayHaveItsOwnBaseUrl() throws Exception {
    try (Provider other = Provider.start(request -> Reply.of(200, request.body()))) {
      Provider provider = provider(request -> Reply.of(200, "own"));
      Rotor rotor =
          engineWithModels(
              provider,
              "hosts: [\"127.0.0.1:" + provider.port() + "\", \"127.0.0.1:" + other.port() + "\"]",
              "base-url: " + provider.uri(""),
              "keys: [{name: first, secret: "
                  + Engines.FIRST
                  + ", base-url: \""
                  + other.uri("")
                  + "\"}]");

      assertThat(ask(client(rotor), provider.uri("/v1/chat"), "m"))
          .isEqualTo("200 {\"model\": \"m\"}");

      assertThat(provider.received()).isEmpty();
      assertThat(other.keys()).containsExactly(Engines.FIRST);
    }
  }

  @Test
  void overHttp2ItIsTheSame() throws Exception {
    List<String> keys = new CopyOnWriteArrayList<>();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.H2C)
            .handle(
                (request, response) -> {
                  String key = String.valueOf(request.requestHeaders().get("Authorization"));
                  keys.add(key.replace("Bearer ", ""));
                  return key.contains(Engines.FIRST)
                      ? response.status(429).sendString(Mono.just("slow down"))
                      : response.sendString(
                          request.receive().aggregate().asString().map(text -> "fine " + text));
                })
            .bindNow(LONG);
    try {
      Rotor rotor =
          Engines.of(
              provider(request -> Reply.of(200, "")),
              time,
              "profile: generic-bearer",
              "hosts: [\"127.0.0.1:" + server.port() + "\"]");

      String answer =
          client(rotor)
              .protocol(HttpProtocol.H2C)
              .post()
              .uri("http://127.0.0.1:" + server.port() + "/v1/chat")
              .send(text("hello"))
              .responseSingle(ReactorNettyTest::answer)
              .block(LONG);

      assertThat(answer).isEqualTo("200 fine hello");
      assertThat(keys).containsExactly(Engines.FIRST, Engines.SECOND);
    } finally {
      server.disposeNow(LONG);
    }
  }
}
