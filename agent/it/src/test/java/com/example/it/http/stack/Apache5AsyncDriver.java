package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;

/** Apache HttpClient 5, asynchronous; else as {@link Apache5Driver}. */
final class Apache5AsyncDriver implements Driver<CloseableHttpAsyncClient> {

  Apache5AsyncDriver(String way) {}

  @Override
  public CloseableHttpAsyncClient client(Setup setup) {
    int pool = setup.pool() > 0 ? setup.pool() : 20;
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setDefaultRequestConfig(Apache5Driver.config(setup))
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(pool)
                    .setMaxConnPerRoute(pool)
                    .build());
    if (setup.isLate()) {
      builder.addRequestInterceptorLast(
          (request, entity, context) -> request.setHeader(setup.lateName(), setup.lateValue()));
    }
    if (!setup.retries()) {
      builder.disableAutomaticRetries();
    }
    CloseableHttpAsyncClient client = builder.build();
    client.start();
    return client;
  }

  @Override
  public Opened open(CloseableHttpAsyncClient client, Wanted wanted, Abort abort) throws Exception {
    CompletableFuture<Opened> answer = new CompletableFuture<>();
    Consumer consumer = new Consumer(answer);
    Future<Void> exchange = client.execute(request(wanted), consumer, null, consumer.end());
    consumer.exchange = exchange;
    abort.by(() -> exchange.cancel(true));
    return Futures.get(answer);
  }

  private static AsyncRequestProducer request(Wanted wanted) {
    AsyncRequestBuilder builder =
        AsyncRequestBuilder.create(wanted.method()).setUri(URI.create(wanted.url()));
    wanted.headers().forEach(it -> builder.addHeader(Wanted.name(it), Wanted.value(it)));
    if (wanted.hasBody()) {
      AsyncEntityProducer entity =
          new BasicAsyncEntityProducer(
              wanted.body().content(), ContentType.APPLICATION_OCTET_STREAM);
      builder.setEntity(wanted.isOneShot() ? oneShot(entity) : entity);
    }
    return builder.build();
  }

  /** The same, which says that it can be had only once, and fails when it is asked for again. */
  private static AsyncEntityProducer oneShot(AsyncEntityProducer entity) {
    AtomicBoolean released = new AtomicBoolean();
    return (AsyncEntityProducer)
        Proxy.newProxyInstance(
            AsyncEntityProducer.class.getClassLoader(),
            new Class<?>[] {AsyncEntityProducer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("isRepeatable")) {
                return false;
              }
              if (method.getName().equals("releaseResources")) {
                released.set(true);
              } else if (method.getName().equals("produce") && released.get()) {
                throw new IOException("the body was asked for twice");
              }
              try {
                return method.invoke(entity, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static final class Consumer extends AbstractBinResponseConsumer<Void> {
    private final Fed body = new Fed();
    private final CompletableFuture<Opened> answer;
    private volatile Future<Void> exchange;
    private volatile boolean complete;

    Consumer(CompletableFuture<Opened> answer) {
      this.answer = answer;
    }

    FutureCallback<Void> end() {
      return new FutureCallback<>() {
        @Override
        public void completed(Void nothing) {
          complete = true;
          body.end();
        }

        @Override
        public void failed(Exception failure) {
          body.fail(failure);
          answer.completeExceptionally(failure);
        }

        @Override
        public void cancelled() {
          failed(new java.util.concurrent.CancellationException("cancelled"));
        }
      };
    }

    @Override
    protected void start(HttpResponse response, ContentType type) {
      answer.complete(
          new Opened(
              response.getCode(),
              Apache5Driver.headers(response.getHeaders()),
              body,
              () -> complete || exchange.cancel(true)));
    }

    @Override
    protected void data(ByteBuffer source, boolean endOfStream) {
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      body.add(bytes);
    }

    @Override
    protected int capacityIncrement() {
      return Integer.MAX_VALUE;
    }

    @Override
    protected Void buildResult() {
      return null;
    }

    @Override
    public void releaseResources() {}
  }
}
