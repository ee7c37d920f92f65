package dev.rotor.agent.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkClientSendTest {

  private static final String BIG = "x".repeat(700_000);

  private final FakeTime time = new FakeTime();
  private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
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
        ? Reply.of(429, "{\"error\":\"slow down\"}", "Retry-After", "30")
        : Reply.of(200, "fine\nreally");
  }

  private static Reply limitsAll(Received request) {
    return Reply.of(429, "slow down", "Retry-After", "30");
  }

  private static HttpRequest.Builder to(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer rotor").header("X-Own", "1");
  }

  private <T> HttpResponse<T> send(Rotor rotor, HttpRequest request, BodyHandler<T> handler)
      throws Throwable {
    return send(client, rotor, request, handler);
  }

  @SuppressWarnings("unchecked")
  private static <T> HttpResponse<T> send(
      HttpClient client, Rotor rotor, HttpRequest request, BodyHandler<T> handler)
      throws Throwable {
    MethodHandle send =
        MethodHandles.lookup()
            .findVirtual(
                HttpClient.class,
                "send",
                MethodType.methodType(HttpResponse.class, HttpRequest.class, BodyHandler.class));
    @Nullable Object[] result =
        new JdkClientAdapter(rotor.exchanges()).send(send, client, new Object[] {request, handler});
    if (result == null) {
      return client.send(request, handler);
    }
    if (result[1] != null) {
      throw (Throwable) result[1];
    }
    return (HttpResponse<T>) result[0];
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameBody() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsTheFirstKey);
    HttpRequest request =
        to(provider.uri("/v1/chat")).POST(BodyPublishers.ofString("hello")).build();

    HttpResponse<String> response =
        send(Engines.bearer(provider, time), request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("fine\nreally");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received()).extracting(Received::body).containsOnly("hello");
    assertThat(provider.received()).allMatch(it -> "1".equals(it.header("X-Own")));
  }

  @Test
  void aResponseShowsNothingOfTheKeyThatWasPlaced() throws Throwable {
    Provider provider =
        provider(
            request ->
                request.path().startsWith("/moved")
                    ? Reply.of(200, "there")
                    : Reply.of(307, "", "Location", "/moved"));
    Rotor rotor =
        Engines.of(provider, time, "profile: {extends: generic-query, key: {query: key}}");
    HttpRequest request = to(provider.uri("/v1/models?key=rotor&a=b")).build();
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    HttpResponse<String> response = send(following, rotor, request, BodyHandlers.ofString());

    assertThat(provider.received().get(0).path()).contains(Engines.FIRST);
    assertThat(response.uri()).isEqualTo(provider.uri("/moved"));
    assertThat(response.previousResponse()).isPresent();
    HttpResponse<String> before = response.previousResponse().orElseThrow();
    assertThat(before.request()).isSameAs(request);
    assertThat(before.uri()).isEqualTo(request.uri());
    assertThat(before + " " + response + " " + response.request().headers().map())
        .doesNotContain(Engines.FIRST);
  }

  @Test
  void anIdempotentRequestIsRetriedAfterAServerError() throws Throwable {
    Provider provider = provider(request -> Reply.of(503, "out"));

    HttpResponse<String> response =
        send(
            Engines.bearer(provider, time),
            to(provider.uri("/v1/models")).build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("out");
    assertThat(provider.received()).hasSize(3);
  }

  @Test
  void aPostIsNotRetriedAfterAServerError() throws Throwable {
    Provider provider = provider(request -> Reply.of(500, "out"));

    HttpResponse<String> response =
        send(
            Engines.bearer(provider, time),
            to(provider.uri("/v1/chat")).POST(BodyPublishers.ofString("hello")).build(),
            BodyHandlers.ofString());

    assertThat(response.body()).isEqualTo("out");
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void aLongBodyThatCannotBeReadAgainIsSentOnce() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsTheFirstKey);
    String body = "long".repeat(600_000);

    HttpResponse<String> response = send(provider, ofStream(body));

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("slow down");
    assertThat(provider.received()).extracting(Received::body).containsExactly(body);
  }

  @Test
  void aShortBodyThatCannotBeReadAgainIsRecorded() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsTheFirstKey);

    HttpResponse<String> response = send(provider, ofStream("short"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received()).extracting(Received::body).containsOnly("short");
    assertThat(provider.received())
        .extracting(it -> it.header("Transfer-Encoding"))
        .containsOnly("chunked");
  }

  private static BodyPublisher ofStream(String body) {
    InputStream stream = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    return BodyPublishers.ofInputStream(() -> stream);
  }

  private HttpResponse<String> send(Provider provider, BodyPublisher body) throws Throwable {
    HttpRequest request = to(provider.uri("/v1/chat")).POST(body).build();
    return send(Engines.bearer(provider, time), request, BodyHandlers.ofString());
  }

  @Test
  void aLineStreamSeesTheLastAnswerOnly() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsTheFirstKey);

    HttpResponse<Stream<String>> response =
        send(
            Engines.bearer(provider, time),
            to(provider.uri("/v1/models")).build(),
            BodyHandlers.ofLines());

    assertThat(response.body().collect(Collectors.toList())).containsExactly("fine", "really");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void aHandlerThatMayRunOnlyOnceRunsOnce(@TempDir Path directory) throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsTheFirstKey);
    Path file = directory.resolve("answer");

    HttpResponse<Path> response =
        send(
            Engines.bearer(provider, time),
            to(provider.uri("/v1/models")).build(),
            BodyHandlers.ofFile(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));

    assertThat(Files.readString(response.body())).isEqualTo("fine\nreally");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void aHeldAnswerThatIsTheLastReachesTheHandler() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsAll);
    Rotor rotor = Engines.bearer(provider, time);

    HttpResponse<InputStream> response =
        send(rotor, to(provider.uri("/v1/models")).build(), BodyHandlers.ofInputStream());

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("30");
    assertThat(response.body()).hasContent("slow down");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
  }

  @Test
  void anAnswerTooLongToBeHeldIsHandedOnWhole() throws Throwable {
    Provider provider = provider(request -> Reply.of(429, BIG));

    HttpResponse<InputStream> response =
        send(
            Engines.bearer(provider, time),
            to(provider.uri("/v1/models")).build(),
            BodyHandlers.ofInputStream());

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body().readAllBytes()).hasSize(BIG.length());
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void withoutAUsableKeyTheAnswerIsRotorsOwn() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsAll);
    Rotor rotor = Engines.bearer(provider, time);
    HttpRequest request = to(provider.uri("/v1/models")).build();
    send(rotor, request, BodyHandlers.ofString());

    HttpResponse<String> response = send(rotor, request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).isPresent();
    assertThat(response.body()).contains("\"type\":\"rotor\"");
    assertThat(response.request()).isSameAs(request);
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void aForeignCredentialPassesUntouched() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsAll);

    HttpResponse<String> response =
        send(
            Engines.bearer(provider, time),
            HttpRequest.newBuilder(provider.uri("/v1/models"))
                .header("Authorization", "Bearer somebody-else")
                .build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(provider.keys()).containsExactly("somebody-else");
  }

  @Test
  void anExceptionOfTheClientIsTheSame() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsAll);
    Rotor rotor = Engines.bearer(provider, time);
    HttpRequest request = to(provider.uri("/v1/models")).build();
    provider.close();

    assertThatThrownBy(() -> send(rotor, request, BodyHandlers.ofString()))
        .isInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void interruptedWhileItWaitsForAKeyItSaysSo() throws Throwable {
    Provider provider = provider(JdkClientSendTest::limitsAll);
    Rotor rotor = Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 60s}");
    HttpRequest request = to(provider.uri("/v1/models")).build();
    time.stop();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                send(rotor, request, BodyHandlers.ofString());
              } catch (Throwable failure) {
                thrown.complete(failure);
              }
            });
    caller.start();

    time.awaitWaiter();
    caller.interrupt();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void aRedirectToAnotherHostCarriesNoKey() throws Exception {
    Provider provider = provider(JdkClientSendTest::limitsAll);
    JdkClientAdapter adapter =
        new JdkClientAdapter(Engines.of(provider, time, "profile: generic-header").exchanges());
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of("X-API-Key", List.of(Engines.FIRST), "X-Own", List.of("1")), (n, v) -> true);
    URI from = provider.uri("/v1");

    Object away = adapter.adapt(new Object[] {from, provider.foreign("/")}, headers);
    Object within = adapter.adapt(new Object[] {from, provider.uri("/other")}, headers);

    assertThat(((HttpHeaders) java.util.Objects.requireNonNull(away)).map())
        .containsOnlyKeys("X-Own");
    assertThat(within).isSameAs(headers);
  }
}
