package dev.rotor.agent.http.apache5async;

import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * The client's runtime for one attempt: what leaves through it passes the {@link PlacingHandler}.
 * Versions before 5.2 know fewer methods and never call the others.
 */
record AttemptRuntime(AsyncExecRuntime client, Attempt attempt) implements AsyncExecRuntime {

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    return client.execute(id, new PlacingHandler(handler, attempt), context);
  }

  @Override
  public boolean isEndpointAcquired() {
    return client.isEndpointAcquired();
  }

  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      @Nullable Object state,
      HttpClientContext context,
      FutureCallback<AsyncExecRuntime> callback) {
    return client.acquireEndpoint(id, route, state, context, callback);
  }

  @Override
  public void releaseEndpoint() {
    client.releaseEndpoint();
  }

  @Override
  public void discardEndpoint() {
    client.discardEndpoint();
  }

  @Override
  public boolean isEndpointConnected() {
    return client.isEndpointConnected();
  }

  @Override
  public Cancellable connectEndpoint(
      HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
    return client.connectEndpoint(context, callback);
  }

  @Override
  public void disconnectEndpoint() {
    client.disconnectEndpoint();
  }

  @Override
  public void upgradeTls(HttpClientContext context) {
    client.upgradeTls(context);
  }

  @Override
  public void upgradeTls(
      HttpClientContext context, @Nullable FutureCallback<AsyncExecRuntime> callback) {
    client.upgradeTls(context, callback);
  }

  @Override
  public @Nullable EndpointInfo getEndpointInfo() {
    return client.getEndpointInfo();
  }

  @Override
  public boolean validateConnection() {
    return client.validateConnection();
  }

  @Override
  public void markConnectionReusable(@Nullable Object state, @Nullable TimeValue validity) {
    client.markConnectionReusable(state, validity);
  }

  @Override
  public void markConnectionNonReusable() {
    client.markConnectionNonReusable();
  }

  @Override
  public AsyncExecRuntime fork() {
    return client.fork();
  }
}
