package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.Adapter;
import dev.rotor.runtime.http.Exchanges;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts Rotor's interceptors into the chains of one copy of OkHttp. That is of a version that was
 * not known when this was written, perhaps; one whose chain looks different is left alone.
 * Thread-safe.
 */
public final class OkHttpAdapter implements Adapter {

  private static final Logger LOG = LoggerFactory.getLogger(OkHttpAdapter.class);

  private static final String CHAIN = "okhttp3.internal.http.RealInterceptorChain";
  private static final String FOLLOW_UP = "okhttp3.internal.http.RetryAndFollowUpInterceptor";
  private static final String CALL_SERVER = "okhttp3.internal.http.CallServerInterceptor";

  private final Exchanges exchanges;
  private final RunningCalls calls = new RunningCalls();
  private final AtomicBoolean told = new AtomicBoolean();
  private final Interceptor exchange;
  private final Interceptor hops;

  public OkHttpAdapter(Exchanges exchanges) {
    this.exchanges = exchanges;
    this.exchange = new ExchangeInterceptor(exchanges, calls);
    this.hops = new HopInterceptor(exchanges);
    if (!isWoven()) {
      tell();
    }
  }

  /** Whether the chain's constructor is the one that is woven. */
  private static boolean isWoven() {
    try {
      for (Constructor<?> constructor :
          Class.forName(CHAIN, false, Call.class.getClassLoader()).getDeclaredConstructors()) {
        Class<?>[] types = constructor.getParameterTypes();
        if (types.length == 8 && types[1] == List.class && types[7] == int.class) {
          return true;
        }
      }
    } catch (ClassNotFoundException otherVersion) {
      // as good as another constructor
    }
    return false;
  }

  private static void tell() {
    LOG.warn(
        "OkHttp: this version is none that Rotor knows, which are 4.4 to 4.12; its requests pass"
            + " untouched");
  }

  /**
   * What the advices have to say.
   *
   * @param context the call; null for a chain
   * @param value a chain, or what happened to the call
   */
  @Override
  public @Nullable Object adapt(@Nullable Object context, @Nullable Object value) {
    if (value instanceof List<?> chain) {
      return exchanges.routes().isEmpty() ? chain : adapt(chain);
    }
    if (context instanceof Call call) {
      if ("sending".equals(value)) {
        calls.remember(call, exchanges.context());
      } else {
        calls.cancelled(call);
      }
    }
    return value;
  }

  private List<?> adapt(List<?> chain) {
    int followUp = -1;
    for (int i = 0; i < chain.size(); i++) {
      if (chain.get(i) == exchange) {
        return chain;
      }
      if (isOf(chain.get(i), FOLLOW_UP)) {
        followUp = i;
      }
    }
    int last = chain.size() - 1;
    if (followUp < 0 || !isOf(chain.get(last), CALL_SERVER)) {
      if (told.compareAndSet(false, true)) {
        tell();
      }
      return chain;
    }
    List<Object> longer = new ArrayList<>(chain.size() + 2);
    longer.addAll(chain);
    longer.add(last, hops);
    longer.add(followUp, exchange);
    return longer;
  }

  private static boolean isOf(Object interceptor, String type) {
    return interceptor.getClass().getName().equals(type);
  }
}
