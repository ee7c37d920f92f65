package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty's own client. Its late hand is {@code doOnRequest}. */
final class NettyDriver implements Driver<HttpClient> {

  NettyDriver(String way) {}

  @Override
  public HttpClient client(Setup setup) {
    HttpClient client = made(setup);
    return setup.isLate()
        ? client.doOnRequest(
            (request, connection) ->
                request.requestHeaders().set(setup.lateName(), setup.lateValue()))
        : client;
  }

  static HttpClient made(Setup setup) {
    HttpClient client =
        HttpClient.create(ConnectionProvider.create("stack", setup.pool() > 0 ? setup.pool() : 20))
            .responseTimeout(setup.timeout())
            .followRedirect(true)
            .compress(true);
    return setup.http2() ? client.protocol(HttpProtocol.H2).secure() : client;
  }

  @Override
  public Opened open(HttpClient client, Wanted wanted, Abort abort) throws Exception {
    CompletableFuture<Opened> answer = new CompletableFuture<>();
    Fed body = new Fed();
    Disposable running =
        client
            .headers(to -> wanted.headers().forEach(it -> add(to, it)))
            .request(HttpMethod.valueOf(wanted.method()))
            .uri(wanted.url())
            .send(wanted.hasBody() ? body(wanted) : Flux.empty())
            .response(
                (response, content) -> {
                  answer.complete(opened(response, body, abort));
                  return content.asByteArray();
                })
            .subscribe(
                body::add,
                failure -> {
                  body.fail(failure);
                  answer.completeExceptionally(failure);
                },
                body::end);
    abort.by(
        () -> {
          running.dispose();
          answer.completeExceptionally(new java.util.concurrent.CancellationException("disposed"));
        });
    return Futures.get(answer);
  }

  private static void add(HttpHeaders to, String header) {
    to.add(Wanted.name(header), Wanted.value(header));
  }

  private static Publisher<ByteBuf> body(Wanted wanted) {
    byte[] content = wanted.body().content();
    if (!wanted.isOneShot()) {
      return Mono.fromSupplier(() -> Unpooled.wrappedBuffer(content));
    }
    Sinks.Many<ByteBuf> once = Sinks.many().unicast().onBackpressureBuffer();
    once.tryEmitNext(Unpooled.wrappedBuffer(content));
    once.tryEmitComplete();
    return once.asFlux();
  }

  private static Opened opened(HttpClientResponse response, Fed body, Abort abort) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response
        .responseHeaders()
        .forEach(
            it -> headers.computeIfAbsent(it.getKey(), x -> new ArrayList<>()).add(it.getValue()));
    return new Opened(
        response.status().code(),
        headers,
        body,
        () -> {
          abort.now();
          return null;
        });
  }
}
