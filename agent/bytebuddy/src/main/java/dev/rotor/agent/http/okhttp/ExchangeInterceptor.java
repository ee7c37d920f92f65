package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.BlockingExchange;
import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the exchange. An unchecked exception of ours would end the dispatcher's thread under {@code
 * enqueue}, so none gets out.
 */
final class ExchangeInterceptor implements Interceptor {

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeInterceptor.class);

  private final Exchanges exchanges;
  private final RunningCalls calls;
  private final AtomicBoolean told = new AtomicBoolean();

  ExchangeInterceptor(Exchanges exchanges, RunningCalls calls) {
    this.exchanges = exchanges;
    this.calls = calls;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    dev.rotor.runtime.call.Call context = calls.context(chain.call());
    if (context == null) {
      return exchange(chain);
    }
    @Nullable IOException[] thrown = new @Nullable IOException[1];
    Response response =
        exchanges.<@Nullable Response>within(
            context,
            () -> {
              try {
                return exchange(chain);
              } catch (IOException failure) {
                thrown[0] = failure;
                return null;
              }
            });
    if (response == null) {
      throw thrown[0] == null ? new IOException("no response") : thrown[0];
    }
    return response;
  }

  private Response exchange(Chain chain) throws IOException {
    ShownRequest shown = ShownRequest.of(chain.request());
    HttpCall call = shown == null ? null : begin(shown);
    if (shown == null || call == null) {
      return chain.proceed(chain.request());
    }
    try {
      calls.began(chain.call(), call);
      return BlockingExchange.run(call, new OkHttpSend(chain, shown));
    } catch (UntouchedException fault) {
      tell(fault);
      return chain.proceed(chain.request());
    } catch (IOException | RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable impossible) {
      throw new IOException(impossible);
    } finally {
      calls.ended(chain.call());
    }
  }

  private @Nullable HttpCall begin(ShownRequest request) {
    try {
      return exchanges.begin(request);
    } catch (Throwable fault) {
      tell(new UntouchedException(fault));
      return null;
    }
  }

  private void tell(UntouchedException fault) {
    if (told.compareAndSet(false, true)) {
      LOG.warn("OkHttp: a fault inside Rotor; the request passes untouched", fault);
    } else {
      LOG.debug("OkHttp: a fault inside Rotor", fault);
    }
  }
}
