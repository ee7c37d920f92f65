package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/**
 * Spring's {@code WebClient} on Reactor Netty. Its late hand is an {@code ExchangeFilterFunction}.
 */
final class WebClientDriver implements Driver<WebClient> {

  WebClientDriver(String way) {}

  @Override
  public WebClient client(Setup setup) {
    WebClient.Builder builder =
        WebClient.builder()
            .clientConnector(new ReactorClientHttpConnector(NettyDriver.made(setup)));
    if (setup.isLate()) {
      builder.filter(
          (request, next) ->
              next.exchange(
                  ClientRequest.from(request)
                      .headers(it -> it.set(setup.lateName(), setup.lateValue()))
                      .build()));
    }
    return builder.build();
  }

  @Override
  public Opened open(WebClient client, Wanted wanted, Abort abort) throws Exception {
    CompletableFuture<Opened> answer = new CompletableFuture<>();
    Fed body = new Fed();
    Disposable running =
        request(client, wanted)
            .exchangeToFlux(
                response -> {
                  answer.complete(opened(response, body, abort));
                  return response.bodyToFlux(DataBuffer.class);
                })
            .subscribe(
                part -> {
                  byte[] bytes = new byte[part.readableByteCount()];
                  part.read(bytes);
                  DataBufferUtils.release(part);
                  body.add(bytes);
                },
                failure -> {
                  body.fail(failure);
                  answer.completeExceptionally(failure);
                },
                body::end);
    abort.by(
        () -> {
          running.dispose();
          answer.completeExceptionally(new CancellationException("disposed"));
        });
    return Futures.get(answer);
  }

  private static WebClient.RequestHeadersSpec<?> request(WebClient client, Wanted wanted) {
    WebClient.RequestBodySpec request =
        client.method(HttpMethod.valueOf(wanted.method())).uri(URI.create(wanted.url()));
    wanted.headers().forEach(it -> request.header(Wanted.name(it), Wanted.value(it)));
    if (!wanted.hasBody()) {
      return request;
    }
    byte[] content = wanted.body().content();
    if (!wanted.isOneShot()) {
      return request.bodyValue(content);
    }
    Sinks.Many<byte[]> once = Sinks.many().unicast().onBackpressureBuffer();
    once.tryEmitNext(content);
    once.tryEmitComplete();
    return request.body(BodyInserters.fromPublisher(once.asFlux(), byte[].class));
  }

  private static Opened opened(ClientResponse response, Fed body, Abort abort) {
    return new Opened(
        response.statusCode().value(),
        RestTemplateDriver.headers(response.headers().asHttpHeaders()),
        body,
        () -> {
          abort.now();
          return null;
        });
  }
}
