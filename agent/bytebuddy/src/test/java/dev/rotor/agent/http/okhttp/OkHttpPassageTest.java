package dev.rotor.agent.http.okhttp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application's own code in a client sees of a request, and gets of its answer. */
class OkHttpPassageTest {

  private static final String ONE_AT_A_TIME =
      "keys: [{name: only, secret: %s, limits: {concurrent: 1}}]".formatted(Engines.FIRST);

  private final FakeTime time = new FakeTime();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Provider provider(Function<Received, Reply> answers) throws IOException {
    Provider provider = Provider.start(answers);
    open.add(provider);
    return provider;
  }

  private OkHttpClient client(OkHttpClient.Builder builder) {
    OkHttpClient client = builder.build();
    open.add(client.dispatcher().executorService()::shutdownNow);
    open.add(client.connectionPool()::evictAll);
    return client;
  }

  private OkHttpClient client() {
    return client(new OkHttpClient.Builder());
  }

  private void engine(Provider provider, String... settings) {
    List<String> all = new ArrayList<>(List.of("profile: generic-bearer"));
    all.addAll(List.of(settings));
    WovenOkHttp.use(Engines.of(provider, time, all.toArray(String[]::new)));
  }

  private static Request request(Provider provider) {
    return new Request.Builder()
        .url(provider.uri("/v1/chat").toString())
        .header("Authorization", "Bearer rotor")
        .build();
  }

  private static String text(Response response) throws IOException {
    return response.code() + " " + requireNonNull(response.body()).string();
  }

  private static String send(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return text(response);
    }
  }

  private static Interceptor credential(String credential) {
    return chain ->
        chain.proceed(
            chain.request().newBuilder().header("Authorization", "Bearer " + credential).build());
  }

  @Test
  void nothingInAClientEverSeesTheKey() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    engine(provider);
    List<Request> seen = new CopyOnWriteArrayList<>();
    EventListener listener =
        new EventListener() {
          @Override
          public void requestHeadersEnd(Call call, Request request) {
            seen.add(request);
          }

          @Override
          public void responseHeadersEnd(Call call, Response response) {
            seen.add(response.request());
          }
        };
    OkHttpClient client =
        client(
            new OkHttpClient.Builder()
                .eventListener(listener)
                .addNetworkInterceptor(
                    chain -> {
                      Response response = chain.proceed(chain.request());
                      seen.add(chain.request());
                      seen.add(response.request());
                      return response;
                    }));
    Request request = request(provider);

    try (Response response = client.newCall(request).execute()) {
      assertThat(text(response)).isEqualTo("200 fine");
      assertThat(response.request()).isSameAs(request);
      seen.add(requireNonNull(response.networkResponse()).request());
    }

    assertThat(provider.keys()).containsExactly(Engines.FIRST);
    assertThat(seen).hasSize(5).allMatch(it -> "Bearer rotor".equals(it.header("Authorization")));
  }

  @Test
  void aPlaceholderThatComesLateIsReplaced() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    engine(provider);
    OkHttpClient client =
        client(new OkHttpClient.Builder().addNetworkInterceptor(credential(Engines.SECOND)));

    assertThat(send(client, request(provider))).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST);
  }

  @Test
  void aForeignCredentialThatComesLatePassesUntouchedAndOnce() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    engine(provider);
    OkHttpClient client =
        client(new OkHttpClient.Builder().addNetworkInterceptor(credential("somebody-else")));

    assertThat(send(client, request(provider))).isEqualTo("429 slow down");

    assertThat(provider.keys()).containsExactly("somebody-else");
  }

  @Test
  void aRequestThatIsReaddressedLatePassesUntouchedAndBlamesNoKey() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    engine(provider);
    AtomicBoolean readdressed = new AtomicBoolean(true);
    OkHttpClient client =
        client(
            new OkHttpClient.Builder()
                .addNetworkInterceptor(
                    chain ->
                        chain.proceed(
                            readdressed.get()
                                ? chain.request().newBuilder().header("Host", "evil.org").build()
                                : chain.request())));

    assertThat(send(client, request(provider))).isEqualTo("429 slow down");
    assertThat(provider.keys()).containsExactly("rotor");

    readdressed.set(false);
    assertThat(send(client, request(provider))).isEqualTo("429 slow down");
    assertThat(provider.keys()).containsExactly("rotor", Engines.FIRST, Engines.SECOND);
  }

  private void engineWithOwnBaseUrl(Provider provider, Provider second) {
    engine(
        provider,
        "base-url: \"%s\"".formatted(provider.uri("")),
        "hosts: [\"127.0.0.1:%d\", \"127.0.0.1:%d\"]".formatted(provider.port(), second.port()),
        "keys: [{name: far, secret: %s, base-url: \"%s\"}]"
            .formatted(Engines.FIRST, second.uri("")));
  }

  @Test
  void aKeysOwnBaseUrlDoesNotShow() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "near"));
    Provider second = provider(request -> Reply.of(200, "far"));
    engineWithOwnBaseUrl(provider, second);
    Request request = request(provider);

    try (Response response = client().newCall(request).execute()) {
      assertThat(text(response)).isEqualTo("200 far");
      assertThat(response.request().url()).isEqualTo(request.url());
      Request network = requireNonNull(response.networkResponse()).request();
      assertThat(network.url()).isEqualTo(request.url());
      assertThat(network.header("Host")).isEqualTo("127.0.0.1:" + provider.port());
    }

    assertThat(second.keys()).containsExactly(Engines.FIRST);
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void aForeignCredentialNeverGoesToAKeysOwnBaseUrl() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "near"));
    Provider second = provider(request -> Reply.of(200, "far"));
    engineWithOwnBaseUrl(provider, second);
    OkHttpClient client =
        client(new OkHttpClient.Builder().addNetworkInterceptor(credential("somebody-else")));

    assertThat(send(client, request(provider))).isEqualTo("200 near");

    assertThat(provider.keys()).containsExactly("somebody-else");
    assertThat(second.received()).isEmpty();
  }

  @Test
  void theAuthenticatorIsNotAskedForAKeyOfRotors() throws Exception {
    Provider provider =
        provider(
            request ->
                String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
                    ? Reply.of(401, "who?")
                    : Reply.of(200, "fine"));
    engine(provider);
    List<Response> asked = new CopyOnWriteArrayList<>();
    OkHttpClient client =
        client(
            new OkHttpClient.Builder()
                .authenticator(
                    (route, response) -> {
                      asked.add(response);
                      return response.request();
                    }));

    assertThat(send(client, request(provider))).isEqualTo("200 fine");

    assertThat(provider.keys()).startsWith(Engines.FIRST).endsWith(Engines.SECOND);
    assertThat(asked).isEmpty();
  }

  @Test
  void a401OfTheLastKeyIsTheApplications() throws Exception {
    Provider provider = provider(request -> Reply.of(401, "who?"));
    engine(provider);

    assertThat(send(client(), request(provider))).isEqualTo("401 who?");
  }

  @Test
  void theAuthenticatorIsAskedForTheApplicationsOwnCredential() throws Exception {
    Provider provider =
        provider(
            request ->
                String.valueOf(request.header("Authorization")).contains("fresh")
                    ? Reply.of(200, "fine")
                    : Reply.of(401, "who?"));
    engine(provider);
    OkHttpClient client =
        client(
            new OkHttpClient.Builder()
                .authenticator(
                    (route, response) ->
                        response.request().newBuilder().header("Authorization", "fresh").build()));
    Request request =
        request(provider).newBuilder().header("Authorization", "Bearer stale").build();

    assertThat(send(client, request)).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly("stale", "fresh");
  }

  @Test
  void aKeysPlaceIsKeptUntilItsAnswerHasBeenRead() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "x".repeat(100_000)));
    engine(provider, ONE_AT_A_TIME);
    OkHttpClient client = client();

    try (Response first = client.newCall(request(provider)).execute()) {
      assertThat(requireNonNull(first.peekBody(10)).string()).hasSize(10);
      assertThat(send(client, request(provider))).contains("\"rotor\"");
      assertThat(text(first)).hasSize(100_004);
      assertThat(send(client, request(provider))).hasSize(100_004);
    }
  }

  @Test
  void closingAnAnswerUnreadFreesItsKey() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "x".repeat(100_000)));
    engine(provider, ONE_AT_A_TIME);
    OkHttpClient client = client();

    client.newCall(request(provider)).execute().close();

    assertThat(send(client, request(provider))).hasSize(100_004);
  }

  @Test
  void cancellingACallFreesItsKeyAtOnce() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "x".repeat(100_000)));
    engine(provider, ONE_AT_A_TIME);
    OkHttpClient client = client();
    Call call = client.newCall(request(provider));

    try (Response unread = call.execute()) {
      assertThat(unread.code()).isEqualTo(200);
      call.cancel();
      assertThat(send(client, request(provider))).hasSize(100_004);
    }
  }

  @Test
  void anAnswerFromTheCacheTakesNoKeysPlaceAndHoldsNoKey(@TempDir Path directory) throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine", "Cache-Control", "max-age=60"));
    engine(provider, ONE_AT_A_TIME);
    try (Cache cache = new Cache(directory.toFile(), 1_000_000)) {
      OkHttpClient client = client(new OkHttpClient.Builder().cache(cache));

      assertThat(send(client, request(provider))).isEqualTo("200 fine");
      try (Response unread = client.newCall(request(provider)).execute()) {
        assertThat(unread.cacheResponse()).isNotNull();
        Request other =
            request(provider).newBuilder().url(provider.uri("/other").toString()).build();
        assertThat(send(client, other)).isEqualTo("200 fine");
      }

      assertThat(provider.received()).hasSize(2);
      cache.flush();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .doesNotContain(Engines.FIRST);
        }
      }
    }
  }

  @Test
  void rotatesOverHttp2AndUnpacksGzip() throws Exception {
    try (MockWebServer server = new MockWebServer();
        Provider unused = Provider.start(request -> Reply.of(200, ""))) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      server.enqueue(new MockResponse().setResponseCode(429).setBody("slow down"));
      Buffer packed = new Buffer();
      try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
        sink.writeUtf8("fine");
      }
      server.enqueue(new MockResponse().setBody(packed).setHeader("Content-Encoding", "gzip"));
      server.start();
      engine(unused, "hosts: [\"%s:%d\"]".formatted(server.getHostName(), server.getPort()));
      OkHttpClient client =
          client(new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)));
      Request request =
          new Request.Builder()
              .url(server.url("/v1/chat"))
              .header("Authorization", "Bearer rotor")
              .build();

      try (Response response = client.newCall(request).execute()) {
        assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
        assertThat(text(response)).isEqualTo("200 fine");
      }

      assertThat(server.takeRequest().getHeader("Authorization"))
          .isEqualTo("Bearer " + Engines.FIRST);
      assertThat(server.takeRequest().getHeader("Authorization"))
          .isEqualTo("Bearer " + Engines.SECOND);
    }
  }

  @Test
  void aDispatcherMayRunOnVirtualThreads() throws Exception {
    Assumptions.assumeTrue(Runtime.version().feature() >= 21);
    ExecutorService threads =
        (ExecutorService)
            java.util.concurrent.Executors.class
                .getMethod("newVirtualThreadPerTaskExecutor")
                .invoke(null);
    Provider provider =
        provider(
            request ->
                String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
                    ? Reply.of(429, "slow down", "Retry-After", "30")
                    : Reply.of(200, "fine"));
    engine(provider);
    OkHttpClient client =
        client(new OkHttpClient.Builder().dispatcher(new Dispatcher(requireNonNull(threads))));
    CompletableFuture<String> answer = new CompletableFuture<>();

    client
        .newCall(request(provider))
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException failure) {
                answer.completeExceptionally(failure);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                answer.complete(text(response));
              }
            });

    assertThat(answer.get()).isEqualTo("200 fine");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
  }
}
