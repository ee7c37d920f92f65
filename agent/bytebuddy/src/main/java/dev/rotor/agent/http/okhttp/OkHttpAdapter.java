package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.Adapter;
import dev.rotor.runtime.http.Exchanges;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Request;
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

  private static final String FOLLOW_UP = "okhttp3.internal.http.RetryAndFollowUpInterceptor";
  private static final String CALL_SERVER = "okhttp3.internal.http.CallServerInterceptor";

  private final Exchanges exchanges;
  private final RunningCalls calls = new RunningCalls();
  private final AtomicBoolean told = new AtomicBoolean();
  private final boolean known;

  public OkHttpAdapter(Exchanges exchanges) {
    this.exchanges = exchanges;
    this.known = isKnown();
    if (!known) {
      tell();
    }
  }

  /** Whether all is there that is woven. */
  private static boolean isKnown() {
    try {
      for (String codec : OkHttpInstrumentation.CODECS) {
        var unused = type(codec).getDeclaredMethod("writeRequestHeaders", Request.class);
      }
      for (Constructor<?> constructor :
          type(OkHttpInstrumentation.CHAIN).getDeclaredConstructors()) {
        String form =
            MethodType.methodType(void.class, constructor.getParameterTypes())
                .toMethodDescriptorString();
        if (OkHttpInstrumentation.CHAINS.contains(form)) {
          return true;
        }
      }
    } catch (ReflectiveOperationException | LinkageError otherVersion) {
      // as good as another constructor
    }
    return false;
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, false, Call.class.getClassLoader());
  }

  private void tell() {
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "OkHttp: this version is none that Rotor knows, which are 3.14 to 5.5; its requests pass"
              + " untouched");
    }
  }

  /**
   * What the advices have to say.
   *
   * @param context the call; null for a chain and for a request
   * @param value a chain, a request that is about to be written, or what happens to the call
   */
  @Override
  public @Nullable Object adapt(@Nullable Object context, @Nullable Object value) {
    if (value instanceof Request request) {
      return Leaving.sent(request);
    }
    if (value instanceof List<?> chain) {
      return !known || exchanges.routes().isEmpty() ? chain : adapt(chain);
    }
    if (context instanceof Call call && known) {
      if ("enqueue".equals(value)) {
        calls.remember(call, exchanges.context());
      } else if ("cancel".equals(value)) {
        calls.cancelled(call);
      }
    }
    return value;
  }

  private List<?> adapt(List<?> chain) {
    int followUp = -1;
    for (int i = 0; i < chain.size(); i++) {
      if (chain.get(i) instanceof ExchangeInterceptor) {
        return chain;
      }
      if (isOf(chain.get(i), FOLLOW_UP)) {
        followUp = i;
      }
    }
    int last = chain.size() - 1;
    if (followUp < 0 || !isOf(chain.get(last), CALL_SERVER)) {
      tell();
      return chain;
    }
    Hops hops = new Hops(exchanges);
    List<Object> longer = new ArrayList<>(chain.size() + 3);
    longer.addAll(chain);
    longer.add(last, new HopInterceptor(hops));
    longer.add(followUp + 1, new RefusedKey(hops));
    longer.add(followUp, new ExchangeInterceptor(exchanges, calls, hops));
    return longer;
  }

  private static boolean isOf(Object interceptor, String type) {
    return interceptor.getClass().getName().equals(type);
  }
}
