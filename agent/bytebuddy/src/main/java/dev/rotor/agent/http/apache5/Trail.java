package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.Addresses;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.Routes;
import java.net.URI;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * What an exchange leaves in the context for what the client does next with the request: follow a
 * redirect, authenticate, or try again. In JDK types only, since the application keeps it.
 */
final class Trail {

  private static final String LAST = "rotor.exchange.to";
  private static final String GIVEN_UP = "rotor.exchange.given-up";

  private final Scope scope;
  private final HttpClientContext context;

  Trail(Scope scope) {
    this.scope = scope;
    this.context = scope.clientContext;
  }

  /** Whether Rotor has given up on what the client executes now. */
  static boolean isGivenUp(HttpContext context) {
    return context instanceof HttpClientContext client
        && client.getAttribute(GIVEN_UP) instanceof String id
        && id.equals(client.getExchangeId());
  }

  /** The client comes with a request, perhaps another one on behalf of the same execution. */
  void next(ClassicHttpRequest request, Routes routes) {
    context.removeAttribute(GIVEN_UP);
    if (!(context.getAttribute(LAST) instanceof URI last)) {
      return;
    }
    URI address = Destination.origin(scope.route);
    if (scope.execRuntime.isEndpointAcquired() && !Addresses.isSameOrigin(last, address)) {
      // kept by the client for an authentication; but it leads to another key's base URL
      scope.execRuntime.discardEndpoint();
    }
    if (isRedirected()) {
      for (Header header : request.getHeaders()) {
        if (header.getValue() != null && !routes.mayCarry(last, address, header.getValue())) {
          request.removeHeader(header);
        }
      }
    }
  }

  private boolean isRedirected() {
    var locations = context.getRedirectLocations();
    return locations != null && locations.size() > 0;
  }

  /** An attempt is made to this address. */
  void to(URI address) {
    context.setAttribute(LAST, address);
  }

  /** The exchange is over, or its answer is handed on. */
  void ended(HttpCall call) {
    if (call.refused() != null || !call.answerHeaders().isEmpty()) {
      // the application may use the context for another request
      context.setAttribute(GIVEN_UP, scope.exchangeId);
    }
  }
}
