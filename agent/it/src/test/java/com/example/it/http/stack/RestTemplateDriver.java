package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.ResponseErrorHandler;
import org.springframework.web.client.RestTemplate;

/**
 * Spring's {@code RestTemplate}, on its default or on HttpComponents. Its late hand is a {@code
 * ClientHttpRequestInterceptor}.
 */
final class RestTemplateDriver implements Driver<RestTemplate> {

  private final boolean onApache;

  RestTemplateDriver(String way) {
    this.onApache = way.equals("httpcomponents");
  }

  @Override
  public RestTemplate client(Setup setup) {
    RestTemplate rest = new RestTemplate(onApache ? Apache.factory(setup) : simple(setup));
    rest.setErrorHandler(new NoErrors());
    if (setup.isLate()) {
      rest.getInterceptors()
          .add(
              (request, body, execution) -> {
                request.getHeaders().set(setup.lateName(), setup.lateValue());
                return execution.execute(request, body);
              });
    }
    return rest;
  }

  private static ClientHttpRequestFactory simple(Setup setup) {
    SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
    factory.setReadTimeout((int) setup.timeout().toMillis());
    return factory;
  }

  /** Only loaded where there is an Apache client. */
  private static final class Apache {
    static ClientHttpRequestFactory factory(Setup setup) {
      return new HttpComponentsClientHttpRequestFactory(Apache5Driver.made(setup));
    }
  }

  private static final class NoErrors implements ResponseErrorHandler {
    @Override
    public boolean hasError(ClientHttpResponse response) {
      return false;
    }
  }

  /** The answer lives as long as {@code execute} runs, so that runs on a thread of its own. */
  @Override
  public Opened open(RestTemplate rest, Wanted wanted, Abort abort) throws Exception {
    CompletableFuture<Opened> answer = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                execute(rest, wanted, answer, closed);
              } catch (Throwable failure) {
                answer.completeExceptionally(failure);
              }
            },
            "rest-template");
    thread.setDaemon(true);
    thread.start();
    abort.by(thread::interrupt);
    return Futures.get(answer);
  }

  private static void execute(
      RestTemplate rest, Wanted wanted, CompletableFuture<Opened> answer, CountDownLatch closed) {
    CountDownLatch over = new CountDownLatch(1);
    HttpHeaders headers = new HttpHeaders();
    wanted.headers().forEach(it -> headers.add(Wanted.name(it), Wanted.value(it)));
    rest.execute(
        URI.create(wanted.url()),
        HttpMethod.valueOf(wanted.method()),
        rest.httpEntityCallback(new HttpEntity<>(body(wanted), headers)),
        response -> {
          answer.complete(
              opened(
                  response,
                  () -> {
                    closed.countDown();
                    return over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                  }));
          awaitClosed(closed);
          return null;
        });
    over.countDown();
  }

  /** What its message converters know as repeatable and not. */
  static Object body(Wanted wanted) {
    if (!wanted.hasBody()) {
      return null;
    }
    byte[] content = wanted.body().content();
    return wanted.isOneShot() ? new InputStreamResource(new OnceStream(content)) : content;
  }

  private static void awaitClosed(CountDownLatch closed) throws IOException {
    try {
      closed.await(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  static Opened opened(ClientHttpResponse response, java.util.concurrent.Callable<?> close)
      throws IOException {
    return new Opened(
        response.getStatusCode().value(),
        headers(response.getHeaders()),
        response.getBody(),
        close);
  }

  static Map<String, List<String>> headers(HttpHeaders from) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    from.forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
    return headers;
  }
}
