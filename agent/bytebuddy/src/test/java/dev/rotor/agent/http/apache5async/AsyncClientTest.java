package dev.rotor.agent.http.apache5async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.agent.http.apache5.Apache5Adapter;
import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.http.Exchanges;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AsyncClientTest {

  private final FakeTime time = new FakeTime();
  private final PoolingAsyncClientConnectionManager pool =
      PoolingAsyncClientConnectionManagerBuilder.create()
          .setMaxConnTotal(1)
          .setMaxConnPerRoute(1)
          .build();
  private @Nullable Provider provider;
  private @Nullable CloseableHttpAsyncClient client;

  @AfterEach
  void close() {
    if (client != null) {
      client.close(CloseMode.IMMEDIATE);
    }
    if (provider != null) {
      provider.close();
    }
  }

  private Provider provider(Function<Received, Reply> answers) throws Exception {
    provider = Provider.start(answers);
    return provider;
  }

  private HttpAsyncClientBuilder builder(Rotor rotor) {
    return HttpAsyncClientBuilder.create()
        .setConnectionManager(pool)
        .disableAutomaticRetries()
        .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges()));
  }

  private CloseableHttpAsyncClient client(HttpAsyncClientBuilder builder) {
    client = builder.build();
    client.start();
    return client;
  }

  private CloseableHttpAsyncClient client(Rotor rotor) {
    return client(builder(rotor));
  }

  private static SimpleRequestBuilder to(String method, java.net.URI uri) {
    return SimpleRequestBuilder.create(method)
        .setUri(uri)
        .setHeader("Authorization", "Bearer rotor");
  }

  private static SimpleHttpRequest get(java.net.URI uri) {
    return to("GET", uri).build();
  }

  private static SimpleHttpRequest hello(java.net.URI uri) {
    return to("POST", uri).setBody("hello", ContentType.TEXT_PLAIN).build();
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine");
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameBody() throws Exception {
    Provider provider = provider(AsyncClientTest::limitsTheFirstKey);
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    HttpClientContext context = HttpClientContext.create();

    SimpleHttpResponse response =
        client.execute(hello(provider.uri("/v1/chat?a=1")), context, null).get();

    assertThat(response.getCode()).isEqualTo(200);
    assertThat(response.getBodyText()).isEqualTo("fine");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received()).extracting(Received::body).containsOnly("hello");
    assertThat(provider.received()).extracting(Received::path).containsOnly("/v1/chat?a=1");
    assertThat(context.getRequest().getFirstHeader("Authorization").getValue())
        .isEqualTo("Bearer rotor");
    awaitRelease();
    assertThat(pool.getTotalStats().getAvailable()).isEqualTo(1);
  }

  /** The client tells of an answer before it gives its connection back. */
  private void awaitRelease() throws InterruptedException {
    while (pool.getTotalStats().getLeased() > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException("a connection is still leased");
      }
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"slow down", ""})
  void anAnswerThatClosesItsConnectionRotatesToo(String body) throws Exception {
    Provider provider =
        provider(
            request ->
                String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
                    ? Reply.of(429, body, "Connection", "close", "Retry-After", "30")
                    : Reply.of(200, "fine"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));

    assertThat(client.execute(hello(provider.uri("/")), null).get().getBodyText())
        .isEqualTo("fine");

    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void aServerErrorIsRetriedForAGetOnly() throws Exception {
    Provider provider = provider(request -> Reply.of(500, "out"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));

    assertThat(client.execute(get(provider.uri("/get")), null).get().getBodyText())
        .isEqualTo("out");
    assertThat(provider.received()).hasSize(3);
    assertThat(client.execute(hello(provider.uri("/post")), null).get().getCode()).isEqualTo(500);
    assertThat(provider.received()).hasSize(4);
  }

  @Test
  void aWaitBetweenAttemptsEndsOnAThreadOfTheClients() throws Exception {
    Provider provider = provider(request -> Reply.of(500, "out"));
    CompletableFuture<String> thread = new CompletableFuture<>();

    Future<?> sent =
        client(Engines.bearer(provider, time))
            .execute(get(provider.uri("/get")), told(new CompletableFuture<>(), thread));

    assertThat(thread.get()).doesNotContain("rotor");
    assertThat(sent.get()).isNotNull();
    assertThat(provider.received()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAttemptAfterAWaitIsMadeByAThreadOfTheClients(boolean resolved) throws Exception {
    Provider provider = provider(request -> Reply.of(500, "out", "Connection", "close"));
    List<String> resolving = new CopyOnWriteArrayList<>();
    PoolingAsyncClientConnectionManager asking =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(
                new SystemDefaultDnsResolver() {
                  @Override
                  public InetAddress[] resolve(String host) throws UnknownHostException {
                    resolving.add(Thread.currentThread().getName());
                    if (resolving.size() > 1 && !resolved) {
                      throw new UnknownHostException("gone");
                    }
                    return super.resolve(host);
                  }
                })
            .build();
    CompletableFuture<String> thread = new CompletableFuture<>();

    var unused =
        client(builder(Engines.bearer(provider, time)).setConnectionManager(asking))
            .execute(get(provider.uri("/get")), told(new CompletableFuture<>(), thread));

    assertThat(thread.get()).doesNotContain("rotor");
    assertThat(resolving).hasSize(3).allSatisfy(name -> assertThat(name).doesNotContain("rotor"));
  }

  private static FutureCallback<SimpleHttpResponse> told(
      CompletableFuture<Exception> failure, CompletableFuture<String> thread) {
    return new FutureCallback<>() {
      @Override
      public void completed(SimpleHttpResponse result) {
        thread.complete(Thread.currentThread().getName());
      }

      @Override
      public void failed(Exception cause) {
        failure.complete(cause);
        thread.complete(Thread.currentThread().getName());
      }

      @Override
      public void cancelled() {
        failure.complete(new CancellationException());
      }
    };
  }

  @Test
  void aBodyThatCanBeSentOnceIsSentOnce() throws Exception {
    Provider provider = provider(AsyncClientTest::limitsTheFirstKey);
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    BasicHttpRequest request = new BasicHttpRequest("POST", provider.uri("/v1/chat"));
    request.setHeader("Authorization", "Bearer rotor");

    SimpleHttpResponse response =
        client
            .execute(
                new BasicRequestProducer(request, once("once")),
                SimpleResponseConsumer.create(),
                null)
            .get();

    assertThat(response.getCode()).isEqualTo(429);
    assertThat(response.getBodyText()).isEqualTo("slow down");
    assertThat(provider.received()).extracting(Received::body).containsExactly("once");
  }

  private static AsyncEntityProducer once(String text) {
    return new AbstractBinAsyncEntityProducer(0, ContentType.TEXT_PLAIN) {
      @Override
      protected int availableData() {
        return text.length();
      }

      @Override
      protected void produceData(StreamChannel<ByteBuffer> channel) throws java.io.IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        channel.endStream();
      }

      @Override
      public boolean isRepeatable() {
        return false;
      }

      @Override
      public void failed(Exception cause) {
        // the test sees it in the answer
      }
    };
  }

  @Test
  void anAnswerTooLongToBeHeldIsHandedOnWhole() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "x".repeat(700_000)));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));

    assertThat(client.execute(get(provider.uri("/")), null).get().getBodyText()).hasSize(700_000);
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void theLastAnswerIsTheProvidersAndSaysThatRetriesAreInVain() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));

    SimpleHttpResponse response = client.execute(hello(provider.uri("/")), null).get();

    assertThat(response.getBodyText()).isEqualTo("slow down");
    assertThat(response.getFirstHeader("x-should-retry").getValue()).isEqualTo("false");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void anAnswerWithoutABodyIsHeldAndHandedOnToo() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "", "Retry-After", "30"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));

    assertThat(client.execute(get(provider.uri("/")), null).get().getCode()).isEqualTo(429);
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void withoutAUsableKeyTheAnswerIsRotorsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    client.execute(get(provider.uri("/")), null).get();
    HttpClientContext context = HttpClientContext.create();

    SimpleHttpResponse response = client.execute(get(provider.uri("/")), context, null).get();

    assertThat(response.getCode()).isEqualTo(429);
    assertThat(context.getRequest().getFirstHeader("Authorization").getValue())
        .isEqualTo("Bearer rotor");
    assertThat(context.getResponse().getCode()).isEqualTo(429);
    assertThat(response.getFirstHeader("Retry-After")).isNotNull();
    assertThat(response.getBodyText()).contains("\"type\":\"rotor\"");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void anAddressInAnAddressIsSentAsItIs() throws Exception {
    Provider provider = provider(AsyncClientTest::limitsTheFirstKey);
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    String path = "/fetch?u=http://a.example/b?c=d";

    assertThat(client.execute(hello(provider.uri(path)), null).get().getBodyText())
        .isEqualTo("fine");

    assertThat(provider.received()).extracting(Received::path).containsExactly(path, path);
  }

  @Test
  void aPlainProxyIsAskedForTheWholeAddressInEachAttempt() throws Exception {
    Provider provider = provider(AsyncClientTest::limitsTheFirstKey);
    CloseableHttpAsyncClient client =
        client(
            builder(Engines.bearer(provider, time))
                .setProxy(new HttpHost("http", "localhost", provider.port())));
    java.net.URI uri = provider.uri("/v1/chat?u=http://a.example/b");

    assertThat(client.execute(hello(uri), null).get().getBodyText()).isEqualTo("fine");

    assertThat(provider.received())
        .extracting(Received::path)
        .containsExactly(uri.toString(), uri.toString());
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
    CloseableHttpAsyncClient client = client(Engines.of(provider, time, "profile: generic-header"));
    SimpleHttpRequest request =
        SimpleRequestBuilder.post(provider.uri("/old"))
            .setHeader("X-API-Key", "rotor")
            .setHeader("X-Own", "1")
            .setBody("hello", ContentType.TEXT_PLAIN)
            .build();

    assertThat(client.execute(request, null).get().getBodyText()).isEqualTo("moved");

    assertThat(provider.received().get(0).header("X-API-Key")).isEqualTo(Engines.FIRST);
    Received last = provider.received().get(1);
    assertThat(last.path()).isEqualTo("/stolen");
    assertThat(last.header("X-Own")).isEqualTo("1");
    assertThat(last.headers().toString()).doesNotContain(Engines.FIRST);
  }

  @Test
  void aRedirectWithinTheApiIsAnExchangeOfItsOwn() throws Exception {
    Provider provider =
        provider(
            request ->
                request.path().equals("/old")
                    ? Reply.of(307, "", "Location", "/new")
                    : limitsTheFirstKey(request));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));

    assertThat(client.execute(hello(provider.uri("/old")), null).get().getBodyText())
        .isEqualTo("fine");

    assertThat(provider.received())
        .extracting(Received::path)
        .containsExactly("/old", "/new", "/new");
  }

  @Test
  void cancellingWakesAWaitForAKey() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    CloseableHttpAsyncClient client =
        client(Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 60s}"));
    time.stop();
    CompletableFuture<Exception> failure = new CompletableFuture<>();
    Future<SimpleHttpResponse> future =
        client.execute(get(provider.uri("/")), told(failure, new CompletableFuture<>()));

    time.awaitWaiter();
    future.cancel(true);

    assertThat(failure.get()).isInstanceOf(CancellationException.class);
    assertThat(provider.received()).hasSize(2);
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void aForeignCredentialPassesUntouched() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    SimpleHttpRequest request =
        to("GET", provider.uri("/")).setHeader("Authorization", "Bearer somebody-else").build();

    assertThat(client.execute(request, null).get().getCode()).isEqualTo(429);

    assertThat(provider.keys()).containsExactly("somebody-else");
  }

  @Test
  void aFailureOfTheNetworkIsTheClientsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    provider.close();

    Future<SimpleHttpResponse> future = client.execute(get(provider.uri("/")), null);

    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(java.net.ConnectException.class);
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  @Test
  void aConnectionThatCannotBeHadFailsInTheEnd() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    pool.close(CloseMode.IMMEDIATE);

    Future<SimpleHttpResponse> future = client.execute(get(provider.uri("/")), null);

    assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void theModelInTheBodySaysWhichLaneIsLimited() throws Exception {
    Provider provider =
        provider(
            request ->
                request.body().contains("large")
                    ? limitsTheFirstKey(request)
                    : Reply.of(200, "fine"));
    CloseableHttpAsyncClient client = client(Engines.of(provider, time, "profile: openai"));

    for (String model : List.of("large", "small", "large")) {
      String body = "{\"model\":\"" + model + "\"}";
      SimpleHttpRequest request =
          to("POST", provider.uri("/v1/chat/completions"))
              .setBody(body, ContentType.APPLICATION_JSON)
              .build();
      assertThat(client.execute(request, null).get().getBodyText()).isEqualTo("fine");
    }

    assertThat(provider.keys())
        .containsExactly(Engines.FIRST, Engines.SECOND, Engines.FIRST, Engines.SECOND);
    assertThat(provider.received())
        .extracting(Received::body)
        .containsExactly(
            "{\"model\":\"large\"}",
            "{\"model\":\"large\"}",
            "{\"model\":\"small\"}",
            "{\"model\":\"large\"}");
  }

  @Test
  void cancellingWhileItIsAnsweredStopsIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Provider provider =
        provider(
            request -> {
              asked.countDown();
              awaitQuietly(over);
              return Reply.of(429, "slow down");
            });
    CloseableHttpAsyncClient client = client(Engines.bearer(provider, time));
    Future<SimpleHttpResponse> future = client.execute(get(provider.uri("/")), null);

    asked.await();
    future.cancel(true);
    over.countDown();

    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    assertThat(pool.getTotalStats().getLeased()).isZero();
    assertThat(provider.received()).hasSize(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aKeyOfTheApplicationsOwnStaysBehindOnARedirectToAnotherHost() throws Exception {
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
    CloseableHttpAsyncClient client = client(Engines.of(provider, time, "profile: generic-header"));
    SimpleHttpRequest request =
        SimpleRequestBuilder.get(provider.uri("/old"))
            .setHeader("X-API-Key", Engines.SECOND)
            .setHeader("X-Own", "1")
            .build();

    assertThat(client.execute(request, null).get().getBodyText()).isEqualTo("moved");

    Received last = provider.received().get(1);
    assertThat(last.header("X-Own")).isEqualTo("1");
    assertThat(last.headers().toString()).doesNotContain(Engines.SECOND);
  }

  @Test
  void whereRotorGaveUpTheClientDoesNotRetryByItself() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    Rotor rotor = Engines.bearer(provider, time);
    CloseableHttpAsyncClient client =
        client(
            HttpAsyncClientBuilder.create()
                .setConnectionManager(pool)
                .setRetryStrategy(new WovenRetries(rotor.exchanges()))
                .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges())));
    HttpClientContext context = HttpClientContext.create();

    assertThat(client.execute(get(provider.uri("/")), context, null).get().getCode())
        .isEqualTo(429);
    assertThat(provider.received()).hasSize(2);
    assertThat(client.execute(get(provider.uri("/")), context, null).get().getBodyText())
        .contains("\"type\":\"rotor\"");

    // somebody else's answers are the client's business again
    client.execute(get(provider.foreign("/")), context, null).get();
    assertThat(provider.received()).hasSize(4);
  }

  /** The client's strategy as it is when it is woven. */
  private static final class WovenRetries extends DefaultHttpRequestRetryStrategy {

    private final Apache5Adapter adapter;

    WovenRetries(Exchanges exchanges) {
      super(1, TimeValue.ofMilliseconds(1));
      adapter = new Apache5Adapter(exchanges);
    }

    @Override
    public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
      return super.retryRequest(response, count, context)
          && Boolean.TRUE.equals(adapter.adapt(new Object[] {response, count, context}, true));
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
      return TimeValue.ofMilliseconds(1);
    }
  }
}
