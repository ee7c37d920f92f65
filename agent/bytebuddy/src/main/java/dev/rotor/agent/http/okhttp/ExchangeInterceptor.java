package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.BlockingExchange;
import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.Request;
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
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final Exchanges exchanges;
  private final RunningCalls calls;
  private final Hops hops;

  ExchangeInterceptor(Exchanges exchanges, RunningCalls calls, Hops hops) {
    this.exchanges = exchanges;
    this.calls = calls;
    this.hops = hops;
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
    Request request = chain.request();
    hops.begin(request.url());
    ShownRequest shown = isOurs(request) ? ShownRequest.of(request) : null;
    HttpCall call = shown == null ? null : begin(shown);
    return shown == null || call == null ? chain.proceed(request) : exchange(chain, shown, call);
  }

  /** Web sockets and duplex calls are the application's own. */
  private boolean isOurs(Request request) {
    return exchanges.routes().mayBind(Hops.host(request.url()))
        && !"websocket".equalsIgnoreCase(request.header("Upgrade"))
        && (request.body() == null || !request.body().isDuplex());
  }

  private Response exchange(Chain chain, ShownRequest shown, HttpCall call) throws IOException {
    OkHttpSend send = new OkHttpSend(chain, shown, hops, calls);
    try {
      calls.began(chain.call(), call);
      return BlockingExchange.run(call, send);
    } catch (UntouchedException untouched) {
      if (untouched.isFault()) {
        tell(untouched);
      }
      hops.begin(shown.request().url());
      return send.own();
    } catch (NotSentException fromCache) {
      return send.own();
    } catch (IOException | RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable impossible) {
      throw new IOException(impossible);
    } finally {
      if (!send.isHandedOn()) {
        calls.ended(chain.call(), call);
      }
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

  private static void tell(UntouchedException fault) {
    if (TOLD.compareAndSet(false, true)) {
      LOG.warn("OkHttp: a fault inside Rotor; the request passes untouched", fault);
    } else {
      LOG.debug("OkHttp: a fault inside Rotor", fault);
    }
  }
}
