package dev.rotor.agent.http.apache4;

import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.Routes;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.protocol.HttpContext;

/**
 * What an exchange leaves in the context for what the client does next with the request: follow a
 * redirect or try again. In JDK types only, since the application keeps it.
 */
final class Trail {

  private static final String LAST = "rotor.exchange.to";
  private static final String GIVEN_UP = "rotor.exchange.given-up";
  private static final String REQUEST = "http.request";

  private final HttpClientContext context;

  Trail(HttpClientContext context) {
    this.context = context;
  }

  /** Whether Rotor has given up on the very request that the context shows. */
  static boolean isGivenUp(HttpContext context) {
    return context.getAttribute(GIVEN_UP) instanceof WeakReference<?> mark
        && mark.get() != null
        && mark.get() == context.getAttribute(REQUEST);
  }

  /** The client comes with a request, perhaps another one on behalf of the same execution. */
  void next(HttpRequestWrapper request, HttpRoute route, Routes routes) {
    context.removeAttribute(GIVEN_UP);
    if (!(context.getAttribute(LAST) instanceof URI last)) {
      return;
    }
    List<URI> redirects = context.getRedirectLocations();
    if (redirects == null || redirects.isEmpty()) {
      return;
    }
    URI address = Destination.origin(route);
    for (Header header : request.getAllHeaders()) {
      if (header.getValue() != null && !routes.mayCarry(last, address, header.getValue())) {
        request.removeHeader(header);
      }
    }
  }

  /** An attempt is made to this address. */
  void to(URI address) {
    context.setAttribute(LAST, address);
  }

  /** The exchange is over, or its answer is handed on. */
  void ended(HttpCall call) {
    if (call.refused() != null || !call.answerHeaders().isEmpty()) {
      // the application may use the context for another request
      context.setAttribute(GIVEN_UP, new WeakReference<>(context.getAttribute(REQUEST)));
    }
  }
}
