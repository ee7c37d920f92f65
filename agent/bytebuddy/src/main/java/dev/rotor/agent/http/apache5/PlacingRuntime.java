package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.ForeignCredentialException;
import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.util.TimeValue;

/**
 * The client's own runtime for one attempt; places the key into a copy of the request that nobody
 * else sees, when everything else has been said.
 */
final class PlacingRuntime implements ExecRuntime {

  /** Nothing has left: unwinds to where the exchange began. */
  static final class NotPlacedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final UntouchedException fault;

    NotPlacedException(UntouchedException fault) {
      super(fault);
      this.fault = fault;
    }

    UntouchedException fault() {
      return fault;
    }
  }

  private final ExecRuntime own;
  private final HttpCall call;
  private final HttpRoute route;
  private final Abort abort;
  private boolean sent;

  PlacingRuntime(ExecRuntime own, HttpCall call, HttpRoute route, Abort abort) {
    this.own = own;
    this.call = call;
    this.route = route;
    this.abort = abort;
  }

  @Override
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, HttpClientContext context)
      throws IOException, HttpException {
    return own.execute(id, placed(request), context);
  }

  /** From 5.4 on. */
  @Override
  public ClassicHttpResponse execute(
      String id,
      ClassicHttpRequest request,
      HttpResponseInformationCallback information,
      HttpClientContext context)
      throws IOException, HttpException {
    return own.execute(id, placed(request), information, context);
  }

  /** Whether more than a wish for a tunnel has left. */
  boolean isSent() {
    return sent;
  }

  private ClassicHttpRequest placed(ClassicHttpRequest request) throws IOException {
    if (request.getMethod().equalsIgnoreCase("CONNECT")) {
      return request;
    }
    sent = true;
    try {
      return place(request);
    } catch (ForeignCredentialException foreign) {
      throw foreign;
    } catch (Throwable fault) {
      throw new NotPlacedException(new UntouchedException(fault));
    }
  }

  private ClassicHttpRequest place(ClassicHttpRequest request) throws ForeignCredentialException {
    URI origin = Destination.origin(route);
    ShownRequest last = ShownRequest.of(request, origin);
    if (last == null || !isAddressed(last, origin)) {
      throw new IllegalStateException("the request leads elsewhere than its connection");
    }
    return last.edited(call.place(last));
  }

  /** An interceptor may have named another host. */
  private boolean isAddressed(ShownRequest last, URI origin) {
    String host = last.first("Host");
    return host == null || call.isOwnHop(URI.create(origin.getScheme() + "://" + host));
  }

  @Override
  public void acquireEndpoint(String id, HttpRoute leased, Object state, HttpClientContext context)
      throws IOException {
    own.acquireEndpoint(id, leased, state, context);
    abort.install();
  }

  @Override
  public boolean isExecutionAborted() {
    return own.isExecutionAborted();
  }

  @Override
  public boolean isEndpointAcquired() {
    return own.isEndpointAcquired();
  }

  @Override
  public void releaseEndpoint() {
    own.releaseEndpoint();
  }

  @Override
  public void discardEndpoint() {
    own.discardEndpoint();
  }

  @Override
  public boolean isEndpointConnected() {
    return own.isEndpointConnected();
  }

  @Override
  public void disconnectEndpoint() throws IOException {
    own.disconnectEndpoint();
  }

  @Override
  public void connectEndpoint(HttpClientContext context) throws IOException {
    own.connectEndpoint(context);
  }

  @Override
  public void upgradeTls(HttpClientContext context) throws IOException {
    own.upgradeTls(context);
  }

  /** From 5.4 on. */
  @Override
  public EndpointInfo getEndpointInfo() {
    return own.getEndpointInfo();
  }

  @Override
  public boolean isConnectionReusable() {
    return own.isConnectionReusable();
  }

  @Override
  public void markConnectionReusable(Object state, TimeValue validity) {
    own.markConnectionReusable(state, validity);
  }

  @Override
  public void markConnectionNonReusable() {
    own.markConnectionNonReusable();
  }

  @Override
  public ExecRuntime fork(CancellableDependency dependency) {
    return own.fork(dependency);
  }
}
