package dev.rotor.agent.http.okhttp;

import dev.rotor.runtime.http.HttpCall;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of OkHttp's calls from one thread to another. An exchange is here until its
 * answer has been read, or nobody has the call any more. Thread-safe.
 */
final class RunningCalls {

  // OkHttp's calls have no equality of their own
  private final Map<Call, dev.rotor.runtime.call.Call> contexts =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<Call, HttpCall> exchanges = Collections.synchronizedMap(new WeakHashMap<>());

  /** The context of the thread that enqueues a call. */
  void remember(Call call, dev.rotor.runtime.call.@Nullable Call context) {
    if (context != null) {
      contexts.put(call, context);
    }
  }

  /** The context that a call was enqueued in, once; null: none. */
  dev.rotor.runtime.call.@Nullable Call context(Call call) {
    return contexts.isEmpty() ? null : contexts.remove(call);
  }

  void began(Call call, HttpCall exchange) {
    exchanges.put(call, exchange);
    if (call.isCanceled()) {
      exchange.cancel();
    }
  }

  void ended(Call call, HttpCall exchange) {
    exchanges.remove(call, exchange);
  }

  /** To be run when an exchange has ended. */
  Runnable end(Call call, HttpCall exchange) {
    return () -> ended(call, exchange);
  }

  void cancelled(Call call) {
    HttpCall exchange = exchanges.isEmpty() ? null : exchanges.get(call);
    if (exchange != null) {
      exchange.cancel();
    }
  }
}
