package dev.rotor.agent.http.jdk;

import java.lang.invoke.MethodHandle;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The client's own {@code send} or {@code sendAsync}; within an exchange it runs untouched. */
record ClientMethod(MethodHandle body, Object client) {

  @SuppressWarnings("unchecked")
  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws Throwable {
    return (HttpResponse<T>) (Object) body.invoke(client, request, handler);
  }

  @SuppressWarnings("unchecked")
  <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> push)
      throws Throwable {
    return (CompletableFuture<HttpResponse<T>>)
        (Object) body.invoke(client, request, handler, push);
  }

  /** Where the client runs handlers, if the application has said. */
  Optional<Executor> executor() {
    return ((HttpClient) client).executor();
  }
}
