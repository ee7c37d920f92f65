package dev.rotor.agent.http.jdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdkClientSendAsyncTest {

  private final FakeTime time = new FakeTime();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(task -> new Thread(task, "client-thread"));
  private final HttpClient client =
      HttpClient.newBuilder().version(Version.HTTP_1_1).executor(executor).build();
  private @Nullable Provider provider;

  @AfterEach
  void close() {
    if (provider != null) {
      provider.close();
    }
    executor.shutdownNow();
  }

  private Provider provider(Function<Received, Reply> answers) throws Exception {
    provider = Provider.start(answers);
    return provider;
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine");
  }

  private HttpRequest post(Provider provider) {
    return HttpRequest.newBuilder(provider.uri("/v1/chat"))
        .header("Authorization", "Bearer rotor")
        .POST(BodyPublishers.ofString("hello"))
        .build();
  }

  private CompletableFuture<HttpResponse<String>> send(Rotor rotor, HttpRequest request)
      throws Throwable {
    return send(rotor, request, BodyHandlers.ofString());
  }

  @SuppressWarnings("unchecked")
  private <T> CompletableFuture<HttpResponse<T>> send(
      Rotor rotor, HttpRequest request, BodyHandler<T> handler) throws Throwable {
    MethodHandle send =
        MethodHandles.lookup()
            .findVirtual(
                HttpClient.class,
                "sendAsync",
                MethodType.methodType(
                    CompletableFuture.class,
                    HttpRequest.class,
                    BodyHandler.class,
                    PushPromiseHandler.class));
    @Nullable Object[] result =
        requireNonNull(
            new JdkClientAdapter(rotor.exchanges())
                .send(send, client, new @Nullable Object[] {request, handler, null}));
    assertThat(rotor.exchanges().context()).isNull();
    if (result[1] != null) {
      throw (Throwable) result[1];
    }
    return (CompletableFuture<HttpResponse<T>>) requireNonNull(result[0]);
  }

  @Test
  void a429GoesOnWithAnotherKeyAndTheSameBody() throws Throwable {
    Provider provider = provider(JdkClientSendAsyncTest::limitsTheFirstKey);
    CountDownLatch attached = new CountDownLatch(1);

    CompletableFuture<String> thread =
        send(
                Engines.bearer(provider, time),
                post(provider),
                info -> {
                  awaitUninterrupted(attached);
                  return BodyHandlers.ofString().apply(info);
                })
            .thenApply(
                response -> {
                  assertThat(response.body()).isEqualTo("fine");
                  return Thread.currentThread().getName();
                });
    attached.countDown();

    // as with the client itself: its futures complete on none of the executor's threads
    assertThat(thread.get()).isNotIn("client-thread", "rotor-resume");
    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertThat(provider.received()).extracting(Received::body).containsOnly("hello");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aHandlerRunsOnAThreadOfTheClientAfterARetryToo() throws Throwable {
    Provider provider = provider(request -> Reply.of(503, "out"));
    HttpRequest get =
        HttpRequest.newBuilder(provider.uri("/v1/models"))
            .header("Authorization", "Bearer rotor")
            .build();

    HttpResponse<String> response =
        send(
                Engines.bearer(provider, time),
                get,
                info -> {
                  assertThat(Thread.currentThread().getName()).isEqualTo("client-thread");
                  return BodyHandlers.ofString().apply(info);
                })
            .get();

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("out");
    assertThat(provider.received()).hasSize(3);
  }

  @Test
  void itsCallerDoesNotWaitForAKey() throws Throwable {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    Rotor rotor = Engines.of(provider, time, "profile: generic-bearer", "wait: {max: 60s}");
    time.stop();

    CompletableFuture<HttpResponse<String>> future = send(rotor, post(provider));
    time.awaitWaiter();

    assertThat(future).isNotDone();
    future.cancel(true);
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void withoutAUsableKeyTheAnswerIsRotorsOwn() throws Throwable {
    Provider provider = provider(request -> Reply.of(429, "no", "Retry-After", "30"));
    Rotor rotor = Engines.bearer(provider, time);
    assertThat(send(rotor, post(provider)).get().body()).isEqualTo("no");

    HttpResponse<String> response = send(rotor, post(provider)).get();

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("\"type\":\"rotor\"");
    assertThat(provider.received()).hasSize(2);
  }

  @Test
  void cancellingADerivedFutureStopsTheExchangeAndFreesItsKey() throws Throwable {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Provider provider =
        provider(
            request -> {
              if (request.path().endsWith("chat")) {
                arrived.countDown();
                awaitUninterrupted(release);
              }
              return Reply.of(200, "fine");
            });
    Rotor rotor =
        Engines.of(
            provider,
            time,
            "profile: generic-bearer",
            "keys: [{name: only, secret: " + Engines.FIRST + ", limits: {concurrent: 1}}]");
    CompletableFuture<HttpResponse<String>> future = send(rotor, post(provider));
    CompletableFuture<String> derived = future.thenApply(HttpResponse::body);
    arrived.await();

    derived.cancel(true);

    assertThat(future).isCompletedExceptionally();
    HttpRequest next =
        HttpRequest.newBuilder(provider.uri("/v1/models"))
            .header("Authorization", "Bearer rotor")
            .build();
    assertThat(send(rotor, next).get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    release.countDown();
  }

  @Test
  void aFailedAttemptCompletesItWithTheClientsException() throws Throwable {
    Provider provider = provider(request -> Reply.of(200, "fine"));
    Rotor rotor = Engines.bearer(provider, time);
    HttpRequest request = post(provider);
    provider.close();

    assertThatThrownBy(() -> send(rotor, request).get())
        .hasCauseInstanceOf(java.net.ConnectException.class);
  }
}
