package com.example.it.http;

import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code java.net.http.HttpClient}, by {@code send} or by {@code sendAsync}. */
record JdkClient(HttpClient client, boolean async) implements Client {

  static HttpClient followingRedirects() {
    return HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
  }

  @Override
  public Pending start(Wanted wanted) {
    if (!async || wanted.isReadAsLines()) {
      return OwnThread.start(() -> send(wanted));
    }
    return new Async(client(wanted).sendAsync(request(wanted), BodyHandlers.ofByteArray()));
  }

  @Override
  public Answer send(Wanted wanted) throws Exception {
    if (wanted.isReadAsLines()) {
      return lines(request(wanted));
    }
    return async
        ? start(wanted).await()
        : answer(client(wanted).send(request(wanted), BodyHandlers.ofByteArray()));
  }

  private HttpClient client(Wanted wanted) {
    return wanted.proxy().address() instanceof InetSocketAddress address
        ? HttpClient.newBuilder().proxy(ProxySelector.of(address)).build()
        : client;
  }

  static HttpRequest request(Wanted wanted) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(wanted.url()));
    builder.timeout(wanted.timeout());
    wanted.headers().forEach(it -> builder.header(Wanted.name(it), Wanted.value(it)));
    return builder.method(wanted.method(), publisher(wanted)).build();
  }

  private static BodyPublisher publisher(Wanted wanted) {
    if (!wanted.hasBody()) {
      return BodyPublishers.noBody();
    }
    BodyPublisher stream =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(wanted.body().content()));
    return switch (wanted.bodyKind()) {
      case "memory" -> BodyPublishers.ofByteArray(wanted.body().content());
      case "fixed" -> BodyPublishers.fromPublisher(stream, wanted.body().length());
      default -> stream;
    };
  }

  private Answer lines(HttpRequest request) throws Exception {
    Stopwatch watch = new Stopwatch();
    HttpResponse<Stream<String>> response =
        async
            ? client.sendAsync(request, BodyHandlers.ofLines()).get()
            : client.send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      lines.forEach(watch::line);
    }
    return answer(response, watch.payload(), watch.timing());
  }

  static Answer answer(HttpResponse<byte[]> response) {
    return answer(response, Payload.of(response.body()), Answer.Timing.NONE);
  }

  static Answer answer(HttpResponse<?> response, Payload body, Answer.Timing timing) {
    StringBuilder shown = new StringBuilder();
    shown.append(response.uri()).append(' ').append(response).append(' ');
    for (HttpResponse<?> one = response; one != null; one = one.previousResponse().orElse(null)) {
      shown.append(one.request().uri()).append(one.request().headers().map());
    }
    return new Answer(
        response.statusCode(), response.headers().map(), body, shown.toString(), timing);
  }

  /** A future of the client's, and one derived from it, as applications have them. */
  private static final class Async implements Pending {
    private final CompletableFuture<Answer> derived;

    Async(CompletableFuture<HttpResponse<byte[]>> own) {
      this.derived = own.thenApply(JdkClient::answer);
    }

    @Override
    public Answer await() throws Exception {
      try {
        return derived.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }

    @Override
    public boolean cancel() {
      return derived.cancel(true);
    }
  }
}
