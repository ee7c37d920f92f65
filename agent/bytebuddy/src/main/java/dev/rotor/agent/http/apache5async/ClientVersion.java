package dev.rotor.agent.http.apache5async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;

/** What differs between the versions of the client. */
final class ClientVersion {

  /** Before httpcore 5.3 a context's request and response are nothing but attributes. */
  private static final boolean HAS_REQUEST_SETTER =
      has(HttpCoreContext.class, "setRequest", HttpRequest.class);

  /** Before 5.3 the client schedules nothing but whole chains. */
  private static final boolean SCHEDULES_CHAINS =
      has(
          AsyncExecChain.Scheduler.class,
          "scheduleExecution",
          HttpRequest.class,
          AsyncEntityProducer.class,
          AsyncExecChain.Scope.class,
          AsyncExecChain.class,
          AsyncExecCallback.class,
          TimeValue.class);

  private ClientVersion() {}

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    try {
      return type.getMethod(method, parameters) != null;
    } catch (NoSuchMethodException | LinkageError absent) {
      return false;
    }
  }

  /** Whether a scope can be made as it is made here. */
  static boolean isKnown() {
    try {
      return AsyncExecChain.Scope.class.getConstructor(
              String.class,
              HttpRoute.class,
              HttpRequest.class,
              CancellableDependency.class,
              HttpClientContext.class,
              AsyncExecRuntime.class,
              AsyncExecChain.Scheduler.class,
              AtomicInteger.class)
          != null;
    } catch (NoSuchMethodException | LinkageError otherVersion) {
      return false;
    }
  }

  /** Says which request a context is of: what the application finds there. */
  static void show(HttpContext context, HttpRequest request) {
    if (HAS_REQUEST_SETTER && context instanceof HttpCoreContext core) {
      core.setRequest(request);
    } else {
      context.setAttribute("http.request", request);
    }
  }

  /** Says which response a context has got. */
  static void show(HttpContext context, HttpResponse response) {
    if (HAS_REQUEST_SETTER && context instanceof HttpCoreContext core) {
      core.setResponse(response);
    } else {
      context.setAttribute("http.response", response);
    }
  }

  /**
   * Runs something on a thread of the client's if it can be; else on one of the JDK's, since this
   * one may be the timer's.
   */
  static void onClientThread(
      AsyncExecChain.Scope scope, HttpRequest request, OwnCallback callback, Runnable task) {
    if (SCHEDULES_CHAINS && scope.scheduler != null) {
      try {
        scope.scheduler.scheduleExecution(
            request,
            null,
            scope,
            (same, none, its, own) -> task.run(),
            callback,
            TimeValue.ZERO_MILLISECONDS);
        return;
      } catch (RejectedExecutionException closed) {
        // the application still has to be told
      }
    }
    var unused = CompletableFuture.runAsync(task);
  }
}
