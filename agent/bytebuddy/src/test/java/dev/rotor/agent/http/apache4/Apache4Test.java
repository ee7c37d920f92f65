package dev.rotor.agent.http.apache4;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.HttpHostConnectException;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Apache4Test {

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
    return Woven4.client(rotor, pool).disableAutomaticRetries();
  }

  private static <T extends HttpRequestBase> T asking(T request) {
    request.setHeader("Authorization", "Bearer rotor");
    return request;
  }

  private static HttpPost post(URI uri) {
    HttpPost post = asking(new HttpPost(uri));
    post.setEntity(new StringEntity("hello", UTF_8));
    return post;
  }

  private static String execute(CloseableHttpClient client, HttpRequestBase request)
      throws IOException {
    return execute(client, request, HttpClientContext.create());
  }

  private static String execute(
      CloseableHttpClient client, HttpRequestBase request, HttpContext context) throws IOException {
    return client.execute(
        request,
        response -> {
          String body =
              response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
          return response.getStatusLine().getStatusCode() + " " + body;
        },
        context);
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine");
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameBody() throws IOException {
    Provider provider = provider(Apache4Test::limitsTheFirstKey);
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
    Provider provider = provider(Apache4Test::limitsTheFirstKey);
    HttpPost post = asking(new HttpPost(provider.uri("/v1/chat")));
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream("once".getBytes(UTF_8))));

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
    try (CloseableHttpResponse last = client.execute(get)) {
      assertThat(last.getFirstHeader("x-should-retry").getValue()).isEqualTo("false");
    }

    try (CloseableHttpResponse own = client.execute(asking(new HttpGet(provider.uri("/"))))) {
      assertThat(own.getStatusLine().getStatusCode()).isEqualTo(429);
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
    Apache4Adapter adapter = new Apache4Adapter(rotor.exchanges());
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
    Apache4Adapter adapter = new Apache4Adapter(rotor.exchanges());
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
    Apache4Adapter adapter = new Apache4Adapter(rotor.exchanges());
    HttpClientContext context = HttpClientContext.create();
    Object[] arguments = {"response", 1, context};
    execute(client(rotor).build(), asking(new HttpGet(provider.uri("/"))), context);
    CloseableHttpClient broken =
        client(rotor)
            .addInterceptorFirst(
                (HttpRequestInterceptor)
                    (request, ignored) -> {
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
    Provider provider = provider(Apache4Test::limitsTheFirstKey);
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
    HttpGet get = new HttpGet(here[0].uri("/old"));
    get.setHeader("X-API-Key", Engines.SECOND);
    get.setHeader("X-Own", "1");

    assertThat(execute(client(rotor).build(), get)).isEqualTo("200 moved");

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
    Provider provider = provider(Apache4Test::limitsTheFirstKey);
    StringBuilder seen = new StringBuilder();
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addInterceptorLast(
                (HttpRequestInterceptor)
                    (request, context) -> {
                      seen.append(request.getFirstHeader("Authorization"));
                      request.setHeader("Authorization", "Bearer rotor");
                    })
            .build();
    HttpPost post = new HttpPost(provider.uri("/v1/chat"));
    post.setEntity(new StringEntity("hello", UTF_8));

    assertThat(execute(client, post)).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(seen.toString()).isEqualTo("null");
  }

  @Test
  void aForeignCredentialOfAnInterceptorPassesUntouched() throws IOException {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addInterceptorLast(
                (HttpRequestInterceptor)
                    (request, context) ->
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
            .addInterceptorLast(
                (HttpRequestInterceptor)
                    (request, context) -> request.setHeader("Host", "elsewhere.example"))
            .build();

    assertThat(execute(client, asking(new HttpGet(provider.uri("/"))))).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly("rotor");
  }

  @Test
  void anotherBaseUrlOfAKeyIsConnectedTo() throws IOException {
    Provider provider = provider(Apache4Test::limitsTheFirstKey);
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
      try (CloseableHttpResponse open = client.execute(asking(new HttpGet(provider.uri("/"))))) {
        assertThat(open.getStatusLine().getStatusCode()).isEqualTo(200);
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
    CloseableHttpResponse open = client.execute(get);

    get.abort();

    assertThat(execute(client, asking(new HttpGet(provider.uri("/"))))).isEqualTo("200 fine");
    open.close();
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
    get.abort();

    assertThatThrownBy(answer::get).hasCauseInstanceOf(RequestAbortedException.class);
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
            .setProxy(new HttpHost("localhost", provider.port(), "http"))
            .build();

    assertThat(execute(client, post(provider.uri("/v1/chat")))).isEqualTo("200 fine");

    assertThat(asked).hasValue(2);
  }

  @Test
  void theApplicationsStrategiesSeeItsOwnRequest() throws IOException {
    Provider provider = provider(Apache4Test::limitsTheFirstKey);
    List<String> seen = new ArrayList<>();
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .setConnectionReuseStrategy(
                (response, context) -> {
                  seen.add("reuse " + credential(context));
                  return true;
                })
            .setKeepAliveStrategy(
                (response, context) -> {
                  seen.add("keep " + credential(context));
                  return 1000;
                })
            .setUserTokenHandler(
                context -> {
                  seen.add("user " + credential(context));
                  return null;
                })
            .build();

    assertThat(execute(client, post(provider.uri("/")))).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(seen)
        .containsOnly("reuse Bearer rotor", "keep Bearer rotor", "user Bearer rotor")
        .hasSize(6);
  }

  private static String credential(HttpContext context) {
    return HttpClientContext.adapt(context).getRequest().getFirstHeader("Authorization").getValue();
  }

  @Test
  void aResponseInterceptorSeesTheApplicationsOwnRequest() throws IOException {
    Provider provider = provider(Apache4Test::limitsTheFirstKey);
    StringBuilder seen = new StringBuilder();
    CloseableHttpClient client =
        client(Engines.bearer(provider, time))
            .addInterceptorLast(
                (HttpResponseInterceptor)
                    (response, context) ->
                        seen.append(
                            HttpClientContext.adapt(context)
                                .getRequest()
                                .getFirstHeader("Authorization")
                                .getValue()))
            .build();

    execute(client, post(provider.uri("/")));

    assertThat(seen.toString()).isEqualTo("Bearer rotor");
  }
}
