package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.http.Exchanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What lies above the exchange: the client's other handlers and, behind them, the application. It
 * is called in the context that the request was sent in, which a redirect or a retry of the
 * client's joins in its turn.
 */
final class Above {

  private final Exchanges exchanges;
  private final @Nullable Call context;
  private final AsyncExecCallback callback;
  private final AsyncExecChain.Scope scope;

  Above(
      Exchanges exchanges,
      @Nullable Call context,
      AsyncExecCallback callback,
      AsyncExecChain.Scope scope) {
    this.exchanges = exchanges;
    this.context = context;
    this.callback = callback;
    this.scope = scope;
  }

  AsyncExecChain.Scope scope() {
    return scope;
  }

  AsyncExecCallback callback() {
    return callback;
  }

  @Nullable AsyncDataConsumer handle(HttpResponse response, @Nullable EntityDetails entity)
      throws HttpException, IOException {
    @Nullable Exception[] thrown = new @Nullable Exception[1];
    AsyncDataConsumer consumer =
        exchanges.<@Nullable AsyncDataConsumer>within(
            context,
            () -> {
              try {
                return callback.handleResponse(response, entity);
              } catch (HttpException | IOException failure) {
                thrown[0] = failure;
                return null;
              }
            });
    if (thrown[0] instanceof HttpException failure) {
      throw failure;
    }
    if (thrown[0] instanceof IOException failure) {
      throw failure;
    }
    return consumer;
  }

  void completed() {
    run(callback::completed);
  }

  void failed(Throwable cause) {
    Exception shown = cause instanceof Exception exception ? exception : new IOException(cause);
    run(() -> callback.failed(shown));
  }

  /** Hands a whole answer on, as if it came now. */
  void answer(
      HttpResponse response,
      @Nullable EntityDetails entity,
      byte[] body,
      @Nullable List<? extends Header> trailers) {
    run(() -> feed(response, entity, body, trailers));
  }

  private void feed(
      HttpResponse response,
      @Nullable EntityDetails entity,
      byte[] body,
      @Nullable List<? extends Header> trailers) {
    AsyncDataConsumer consumer = null;
    try {
      consumer = callback.handleResponse(response, entity);
      if (entity != null && consumer != null) {
        // all at once: a consumer takes a window's worth and more beyond what it announces
        consumer.updateCapacity(increment -> {});
        if (body.length > 0) {
          consumer.consume(ByteBuffer.wrap(body));
        }
        consumer.streamEnd(trailers);
      }
    } catch (HttpException | IOException | RuntimeException failure) {
      if (consumer != null) {
        consumer.releaseResources();
      }
      callback.failed(failure);
      return;
    }
    callback.completed();
  }

  private void run(Runnable task) {
    exchanges.<@Nullable Void>within(
        context,
        () -> {
          task.run();
          return null;
        });
  }
}
