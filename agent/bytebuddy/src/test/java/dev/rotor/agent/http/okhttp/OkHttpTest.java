package dev.rotor.agent.http.okhttp;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OkHttpTest {

  private static final RequestBody HELLO = RequestBody.create(MediaType.get("text/plain"), "hello");

  private final FakeTime time = new FakeTime();
  private @Nullable Provider provider;
  private @Nullable OkHttpClient client;

  @AfterEach
  void close() {
    if (client != null) {
      client.dispatcher().executorService().shutdownNow();
      client.connectionPool().evictAll();
    }
    if (provider != null) {
      provider.close();
    }
  }

  private Provider provider(Function<Received, Reply> answers) throws Exception {
    provider = Provider.start(answers);
    return provider;
  }

  private OkHttpClient client(Rotor rotor) {
    WovenOkHttp.use(rotor);
    client = new OkHttpClient();
    return client;
  }

  private static Request.Builder to(java.net.URI uri) {
    return new Request.Builder().url(uri.toString()).header("Authorization", "Bearer rotor");
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine");
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameBody() throws Exception {
    Provider provider = provider(OkHttpTest::limitsTheFirstKey);
    OkHttpClient client = client(Engines.bearer(provider, time));
    Request request = to(provider.uri("/v1/chat")).post(HELLO).build();

    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(requireNonNull(response.body()).string()).isEqualTo("fine");
      assertThat(response.request()).isSameAs(request);
      assertThat(response + " " + requireNonNull(response.networkResponse()).request().headers())
          .doesNotContain(Engines.SECOND);
    }

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received()).extracting(Received::body).containsOnly("hello");
    assertThat(client.connectionPool().idleConnectionCount()).isEqualTo(1);
  }

  @Test
  void aServerErrorIsRetriedForAGetOnly() throws Exception {
    Provider provider = provider(request -> Reply.of(500, "out"));
    OkHttpClient client = client(Engines.bearer(provider, time));

    try (Response response = client.newCall(to(provider.uri("/get")).build()).execute()) {
      assertThat(requireNonNull(response.body()).string()).isEqualTo("out");
    }
    assertThat(provider.received()).hasSize(3);
    client.newCall(to(provider.uri("/post")).post(HELLO).build()).execute().close();
    assertThat(provider.received()).hasSize(4);
  }

  @Test
  void aBodyThatCanBeSentOnceIsSentOnce() throws Exception {
    Provider provider = provider(OkHttpTest::limitsTheFirstKey);
    OkHttpClient client = client(Engines.bearer(provider, time));
    RequestBody oneShot =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8("once");
          }
        };

    try (Response response =
        client.newCall(to(provider.uri("/v1/chat")).post(oneShot).build()).execute()) {
      assertThat(response.code()).isEqualTo(429);
      assertThat(requireNonNull(response.body()).string()).isEqualTo("slow down");
    }
    assertThat(provider.received()).extracting(Received::body).containsExactly("once");
  }

  @Test
  void anAnswerTooLongToBeHeldIsHandedOnWhole() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "x".repeat(700_000)));
    OkHttpClient client = client(Engines.bearer(provider, time));

    try (Response response = client.newCall(to(provider.uri("/")).build()).execute()) {
      assertThat(requireNonNull(response.body()).bytes()).hasSize(700_000);
    }
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void withoutAUsableKeyTheAnswerIsRotorsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down", "Retry-After", "30"));
    OkHttpClient client = client(Engines.bearer(provider, time));
    client.newCall(to(provider.uri("/")).build()).execute().close();

    try (Response response = client.newCall(to(provider.uri("/")).build()).execute()) {
      assertThat(response.code()).isEqualTo(429);
      assertThat(response.header("Retry-After")).isNotNull();
      assertThat(requireNonNull(response.body()).string()).contains("\"type\":\"rotor\"");
    }
    assertThat(provider.received()).hasSize(2);
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
    OkHttpClient client = client(Engines.of(provider, time, "profile: generic-header"));
    Request request =
        new Request.Builder()
            .url(provider.uri("/old").toString())
            .header("X-API-Key", "rotor")
            .header("X-Own", "1")
            .build();

    try (Response response = client.newCall(request).execute()) {
      assertThat(requireNonNull(response.body()).string()).isEqualTo("moved");
      assertThat(response.request().header("X-API-Key")).isEqualTo("rotor");
      assertThat(requireNonNull(response.priorResponse()).request().header("X-API-Key"))
          .isEqualTo("rotor");
    }
    assertThat(provider.received().get(0).header("X-API-Key")).isEqualTo(Engines.FIRST);
    Received last = provider.received().get(1);
    assertThat(last.path()).isEqualTo("/stolen");
    assertThat(last.header("X-Own")).isEqualTo("1");
    assertThat(last.headers().toString()).doesNotContain(Engines.FIRST);
  }

  @Test
  void cancellingWakesAWaitForAKey() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    Rotor rotor = Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 60s}");
    time.stop();
    Call call = client(rotor).newCall(to(provider.uri("/")).build());
    CompletableFuture<IOException> failure = new CompletableFuture<>();
    call.enqueue(callback(failure, new CompletableFuture<>()));

    time.awaitWaiter();
    call.cancel();

    assertThat(failure.get()).hasMessage("Canceled");
    assertThat(provider.received()).hasSize(2);
  }

  private static Callback callback(
      CompletableFuture<IOException> failure, CompletableFuture<Integer> status) {
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException thrown) {
        failure.complete(thrown);
      }

      @Override
      public void onResponse(Call call, Response response) {
        response.close();
        status.complete(response.code());
      }
    };
  }

  @Test
  void anEnqueuedCallRotatesOnTheDispatchersThread() throws Exception {
    Provider provider = provider(OkHttpTest::limitsTheFirstKey);
    CompletableFuture<Integer> status = new CompletableFuture<>();

    client(Engines.bearer(provider, time))
        .newCall(to(provider.uri("/v1/chat")).post(HELLO).build())
        .enqueue(callback(new CompletableFuture<>(), status));

    assertThat(status.get()).isEqualTo(200);
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void aForeignCredentialPassesUntouched() throws Exception {
    Provider provider = provider(request -> Reply.of(429, "slow down"));
    OkHttpClient client = client(Engines.bearer(provider, time));
    Request request = to(provider.uri("/")).header("Authorization", "Bearer somebody-else").build();

    client.newCall(request).execute().close();

    assertThat(provider.keys()).containsExactly("somebody-else");
  }

  @Test
  void aFailureOfTheNetworkIsTheClientsOwn() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    OkHttpClient client = client(Engines.bearer(provider, time));
    Call call = client.newCall(to(provider.uri("/")).build());
    provider.close();

    assertThatThrownBy(call::execute).isInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void aChainThatIsNotKnownIsLeftAlone() throws Exception {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    OkHttpAdapter adapter = new OkHttpAdapter(Engines.bearer(provider, time).exchanges());
    List<Object> chain = List.of("no interceptor of any version known");

    assertThat(adapter.adapt(null, chain)).isSameAs(chain);
    assertThat(adapter.adapt(null, chain)).isSameAs(chain);
  }
}
