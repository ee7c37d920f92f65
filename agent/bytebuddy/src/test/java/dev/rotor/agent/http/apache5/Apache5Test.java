package dev.rotor.agent.http.apache5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Apache5Test {

  private final FakeTime time = new FakeTime();
  private final PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
  private @Nullable Provider provider;

  @AfterEach
  void close() {
    pool.close();
    if (provider != null) {
      provider.close();
    }
  }

  private Provider provider(Function<Received, Reply> answers) throws IOException {
    provider = Provider.start(answers);
    return provider;
  }

  private HttpClientBuilder client(Rotor rotor) {
    return Woven5.client(rotor, pool).disableAutomaticRetries();
  }

  private static <T extends HttpUriRequestBase> T asking(T request) {
    request.setHeader("Authorization", "Bearer rotor");
    return request;
  }

  private static HttpPost post(URI uri) {
    HttpPost post = asking(new HttpPost(uri));
    post.setEntity(new StringEntity("hello"));
    return post;
  }

  private static String execute(CloseableHttpClient client, HttpUriRequestBase request)
      throws IOException {
    return execute(client, request, HttpClientContext.create());
  }

  private static String execute(
      CloseableHttpClient client, HttpUriRequestBase request, HttpContext context)
      throws IOException {
    return client.execute(
        request,
        context,
        response -> {
          String body =
              response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
          return response.getCode() + " " + body;
        });
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine");
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameBody() throws IOException {
    Provider provider = provider(Apache5Test::limitsTheFirstKey);
    HttpClientContext context = HttpClientContext.create();
    HttpPost post = post(provider.uri("/v1/chat"));

    assertThat(execute(client(Engines.bearer(provider, time)).build(), post, context))
        .isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received()).extracting(Received::body).containsOnly("hello");
    assertThat(context.getRequest().getFirstHeader("Authorization").getValue())
        .isEqualTo("Bearer rotor");
    assertThat(post.getFirstHeader("Authorization").getValue()).isEqualTo("Bearer rotor");
    assertThat(pool.getTotalStats().getLeased()).isZero();
    assertThat(pool.getTotalStats().getAvailable()).isEqualTo(1);
  }

  @Test
  void aServerErrorIsRetriedForAGetOnly() throws IOException {
    Provider provider = provider(request -> Reply.of(500, "out"));
    CloseableHttpClient client = client(Engines.bearer(provider, time)).build();

    assertThat(execute(client, asking(new HttpGet(provider.uri("/get"))))).isEqualTo("500 out");
    assertThat(provider.received()).hasSize(3);
    execute(client, post(provider.uri("/post")));
    assertThat(provider.received()).hasSize(4);
  }

  @Test
  void aBodyThatCanBeSentOnceIsSentOnce() throws IOException {
    Provider provider = provider(Apache5Test::limitsTheFirstKey);
    HttpPost post = asking(new HttpPost(provider.uri("/v1/chat")));
    post.setEntity(
        new InputStreamEntity(
            new ByteArrayInputStream("once".getBytes(UTF_8)), ContentType.TEXT_PLAIN));

    assertThat(execute(client(Engines.bearer(provider, time)).build(), post))
        .isEqualTo("429 slow down");

    assertThat(provider.received()).extracting(Received::body).containsExactly("once");
  }

  @Test
  void anAnswerTooLongToBeHeldIsHandedOnWhole() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "x".repeat(700_000)));

    String answer =
        execute(
            client(Engines.bearer(provider, time)).build(), asking(new HttpGet(provider.uri("/"))));

    assertThat(answer).hasSize("429 ".length() + 700_000);
    assertThat(provider.received()).hasSize(1);
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void withoutAUsableKeyTheAnswerIsRotorsOwn() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    CloseableHttpClient client = client(Engines.bearer(provider, time)).build();
    HttpGet get = asking(new HttpGet(provider.uri("/")));
    try (ClassicHttpResponse last = client.executeOpen(null, get, null)) {
      assertThat(last.getFirstHeader("x-should-retry").getValue()).isEqualTo("false");
    }

    try (ClassicHttpResponse own =
        client.executeOpen(null, asking(new HttpGet(provider.uri("/"))), null)) {
      assertThat(own.getCode()).isEqualTo(429);
      assertThat(own.getFirstHeader("Retry-After")).isNotNull();
      assertThat(new String(own.getEntity().getContent().readAllBytes(), UTF_8))
          .contains("\"type\":\"rotor\"");
    }
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void whereRotorGivesUpTheClientsStrategyIsTold() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    Rotor rotor = Engines.bearer(provider, time);
    Apache5Adapter adapter = new Apache5Adapter(rotor.exchanges());
    HttpClientContext context = HttpClientContext.create();
    Object[] arguments = {"response", 1, context};
    assertThat(adapter.adapt(arguments, true)).isEqualTo(true);

    execute(client(rotor).build(), asking(new HttpGet(provider.uri("/"))), context);

    assertThat(adapter.adapt(arguments, true)).isEqualTo(false);
    execute(client(rotor).build(), new HttpGet(provider.foreign("/")), context);
    assertThat(adapter.adapt(arguments, true)).isEqualTo(true);
  }

  @Test
  void thatRotorGaveUpIsForgottenWithTheNextRequestInTheSameContext() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    Rotor rotor = Engines.bearer(provider, time);
    Apache5Adapter adapter = new Apache5Adapter(rotor.exchanges());
    CloseableHttpClient client = client(rotor).build();
    execute(client, asking(new HttpGet(provider.uri("/"))));
    HttpClientContext context = HttpClientContext.create();
    Object[] arguments = {"response", 1, context};

    // without an attempt, and so without a trail
    assertThat(execute(client, asking(new HttpGet(provider.uri("/"))), context)).contains("rotor");
    assertThat(adapter.adapt(arguments, true)).isEqualTo(false);

    execute(client, new HttpGet(provider.foreign("/")), context);
    assertThat(adapter.adapt(arguments, true)).isEqualTo(true);
  }

  @Test
  void thatRotorGaveUpIsNotSaidOfARequestThatDoesNotComeAsFarAsRotor() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    Rotor rotor = Engines.bearer(provider, time);
    Apache5Adapter adapter = new Apache5Adapter(rotor.exchanges());
    HttpClientContext context = HttpClientContext.create();
    Object[] arguments = {"response", 1, context};
    execute(client(rotor).build(), asking(new HttpGet(provider.uri("/"))), context);
    CloseableHttpClient broken =
        client(rotor)
            .addExecInterceptorBefore(
                "woven",
                "broken",
                (request, scope, chain) -> {
                  throw new IOException("no way");
                })
            .build();

    assertThat(adapter.adapt(arguments, true)).isEqualTo(false);
    assertThatThrownBy(() -> execute(broken, asking(new HttpGet(provider.uri("/"))), context))
        .hasMessage("no way");

    assertThat(adapter.adapt(arguments, true)).isEqualTo(true);
  }

  @Test
  void anAddressInAnAddressIsSentAsItIs() throws IOException {
    Provider provider = provider(Apache5Test::limitsTheFirstKey);
    HttpPost post = post(provider.uri("/fetch?u=http://a.example/b?c=d"));

    assertThat(execute(client(Engines.bearer(provider, time)).build(), post)).isEqualTo("200 fine");

    assertThat(provider.received())
        .extracting(Received::path)
        .containsExactly("/fetch?u=http://a.example/b?c=d", "/fetch?u=http://a.example/b?c=d");
  }

  @Test
  void aRedirectToAnotherHostCarriesNoKey() throws IOException {
    Provider[] here = new Provider[1];
    here[0] =
        provider(
            request ->
                request.path().equals("/old")
                    ? Reply.of(307, "", "Location", here[0].foreign("/stolen").toString())
                    : Reply.of(200, "moved"));
    Rotor rotor = Engines.of(here[0], time, "profile: generic-header");
    HttpPost post = post(here[0].uri("/old"));
    post.removeHeaders("Authorization");
    post.setHeader("X-API-Key", Engines.SECOND);
    post.setHeader("X-Own", "1");

    assertThat(execute(client(rotor).build(), post)).isEqualTo("200 moved");

    assertThat(here[0].received().get(0).header("X-API-Key")).isEqualTo(Engines.FIRST);
    Received last = here[0].received().get(1);
    assertThat(last.path()).isEqualTo("/stolen");
    assertThat(last.header("X-Own")).isEqualTo("1");
    assertThat(last.headers().toString())
        .doesNotContain(Engines.FIRST)
        .doesNotContain(Engines.SECOND);
  }

  @Test
  void aRedirectWithinTheApiIsAnExchangeOfItsOwn() throws IOException {
    Provider provider =
        provider(
            request ->
                request.path().equals("/old")
                    ? Reply.of(302, "", "Location", "/new")
                    : limitsTheFirstKey(request));

    assertThat(
            execute(
                client(Engines.bearer(provider, time)).build(),
                asking(new HttpGet(provider.uri("/old")))))
        .isEqualTo("200 fine");

    assertThat(provider.received())
        .extracting(Received::path)
        .containsExactly("/old", "/new", "/new");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.FIRST, Engines.SECOND);
  }

  @Test
  void aPlaceholderThatAnInterceptorSetsIsReplacedAndItNeverSeesTheKey() throws IOException {
    Provider provider = provider(Apache5Test::limitsTheFirstKey);
    StringBuilder seen = new StringBuilder();
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addRequestInterceptorLast(
                (request, entity, context) -> {
                  seen.append(request.getFirstHeader("Authorization"));
                  request.setHeader("Authorization", "Bearer rotor");
                })
            .build();
    HttpPost post = new HttpPost(provider.uri("/v1/chat"));
    post.setEntity(new StringEntity("hello"));

    assertThat(execute(client, post)).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(seen.toString()).isEqualTo("nullnull");
  }

  @Test
  void aForeignCredentialOfAnInterceptorPassesUntouched() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addRequestInterceptorLast(
                (request, entity, context) ->
                    request.setHeader("Authorization", "Bearer somebody-else"))
            .build();

    assertThat(execute(client, new HttpGet(provider.uri("/")))).isEqualTo("429 slow down");

    assertThat(provider.keys()).containsExactly("somebody-else");
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void aForeignCredentialPassesUntouched() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    HttpGet get = new HttpGet(provider.uri("/"));
    get.setHeader("Authorization", "Bearer somebody-else");

    execute(client(Engines.bearer(provider, time)).build(), get);

    assertThat(provider.keys()).containsExactly("somebody-else");
  }

  @Test
  void aHostThatAnInterceptorNamesGetsNoKey() throws IOException {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addRequestInterceptorLast(
                (request, entity, context) -> request.setHeader("Host", "elsewhere.example"))
            .build();

    assertThat(execute(client, asking(new HttpGet(provider.uri("/"))))).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly("rotor");
  }

  @Test
  void whereALaterAttemptCannotBePlacedTheLastAnswerIsHandedOn() throws IOException {
    Provider provider = provider(Apache5Test::limitsTheFirstKey);
    AtomicInteger attempts = new AtomicInteger();
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addRequestInterceptorLast(
                (request, entity, context) -> {
                  if (attempts.incrementAndGet() == 2) {
                    request.setHeader("Host", "elsewhere.example");
                  }
                })
            .build();

    assertThat(execute(client, asking(new HttpGet(provider.uri("/"))))).isEqualTo("429 slow down");

    assertThat(attempts).hasValue(2);
    assertThat(provider.keys()).containsExactly(Engines.FIRST);
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void anotherBaseUrlOfAKeyIsConnectedTo() throws IOException {
    Provider provider = provider(Apache5Test::limitsTheFirstKey);
    try (Provider other = Provider.start(request -> Reply.of(200, "other"))) {
      Rotor rotor =
          Engines.of(
              provider,
              time,
              "profile: generic-bearer",
              "base-url: " + provider.uri("/v1"),
              "keys: [{name: first, secret: %s, priority: 2}, {name: second, secret: %s, priority: 1, base-url: '%s'}]"
                  .formatted(Engines.FIRST, Engines.SECOND, other.uri("/eu")));

      assertThat(execute(client(rotor).build(), post(provider.uri("/v1/chat?a=b"))))
          .isEqualTo("200 other");

      Received last = other.received().get(0);
      assertThat(last.path()).isEqualTo("/eu/chat?a=b");
      assertThat(last.header("Host")).isEqualTo("127.0.0.1:" + other.port());
      assertThat(other.keys()).containsExactly(Engines.SECOND);
    }
  }

  @Test
  void aKeysPlaceIsKeptUntilTheBodyEndsOrIsClosed() throws IOException {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    Rotor rotor =
        Engines.of(
            provider,
            time,
            "profile: generic-bearer",
            "keys: [{name: first, secret: %s, limits: {concurrent: 1}}]".formatted(Engines.FIRST));
    CloseableHttpClient client = client(rotor).build();
    pool.setMaxTotal(2);
    pool.setDefaultMaxPerRoute(2);

    for (int i = 0; i < 2; i++) {
      try (ClassicHttpResponse open =
          client.executeOpen(null, asking(new HttpGet(provider.uri("/"))), null)) {
        assertThat(open.getCode()).isEqualTo(200);
        assertThat(execute(client, asking(new HttpGet(provider.uri("/")))))
            .contains("\"type\":\"rotor\"");
        if (i == 1) {
          EntityUtils.consume(open.getEntity());
          assertThat(execute(client, asking(new HttpGet(provider.uri("/"))))).isEqualTo("200 fine");
        }
      }
      assertThat(execute(client, asking(new HttpGet(provider.uri("/"))))).isEqualTo("200 fine");
    }
  }

  @Test
  void cancellingWhileTheBodyIsReadFreesTheKeysPlace() throws IOException {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    Rotor rotor =
        Engines.of(
            provider,
            time,
            "profile: generic-bearer",
            "keys: [{name: first, secret: %s, limits: {concurrent: 1}}]".formatted(Engines.FIRST));
    CloseableHttpClient client = client(rotor).build();
    HttpGet get = asking(new HttpGet(provider.uri("/")));
    ClassicHttpResponse open = client.executeOpen(null, get, null);
    assertThat(open.getCode()).isEqualTo(200);

    get.cancel();

    assertThat(execute(client, asking(new HttpGet(provider.uri("/"))))).isEqualTo("200 fine");
  }

  @Test
  void cancellingWakesAWaitForAKey() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    Rotor rotor = Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 60s}");
    time.stop();
    HttpGet get = asking(new HttpGet(provider.uri("/")));
    CloseableHttpClient client = client(rotor).build();
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return execute(client, get);
              } catch (IOException thrown) {
                throw new java.util.concurrent.CompletionException(thrown);
              }
            });

    time.awaitWaiter();
    get.cancel();

    assertThatThrownBy(answer::get).hasCauseInstanceOf(RequestFailedException.class);
    assertThat(provider.received()).hasSize(2);
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void aFailureOfTheNetworkIsTheClientsOwn() throws IOException {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    CloseableHttpClient client = client(Engines.bearer(provider, time)).build();
    provider.close();

    assertThatThrownBy(() -> execute(client, asking(new HttpGet(provider.uri("/")))))
        .isInstanceOf(HttpHostConnectException.class);
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void aPlainProxyIsAskedForTheWholeAddressInEachAttempt() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Provider provider =
        provider(
            request -> {
              asked.incrementAndGet();
              assertThat(request.path()).startsWith("http://127.0.0.1:");
              return limitsTheFirstKey(request);
            });
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .setProxy(new HttpHost("http", "localhost", provider.port()))
            .build();

    assertThat(execute(client, post(provider.uri("/v1/chat")))).isEqualTo("200 fine");

    assertThat(asked).hasValue(2);
  }

  @Test
  void aResponseInterceptorSeesWhatTheClientWouldHaveShown() throws IOException {
    Provider provider = provider(Apache5Test::limitsTheFirstKey);
    StringBuilder seen = new StringBuilder();
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addResponseInterceptorLast(
                (response, entity, context) -> seen.append(response.getCode()).append(' '))
            .build();

    execute(client, post(provider.uri("/")));

    assertThat(seen.toString()).isEqualTo("429 200 ");
  }
}
