package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.Routes;
import java.net.URI;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;

/**
 * What an exchange leaves in the context for what the client does next with the request: follow a
 * redirect or try again. In JDK types only, since the application keeps it.
 */
final class Trail {

  private static final String LAST = "rotor.exchange.to";

  /** The client's retry strategy is woven with the classic client, which has the same one. */
  private static final String GIVEN_UP = "rotor.exchange.given-up";

  private final HttpClientContext context;
  private final String exchange;

  Trail(AsyncExecChain.Scope scope) {
    this.context = scope.clientContext;
    this.exchange = scope.exchangeId;
  }

  /**
   * The client comes with a request, perhaps another one on behalf of the same execution. Where a
   * redirect leads to somebody else, the application's own copy of a key stays behind.
   */
  void next(HttpRequest request, HttpHost target, Routes routes) {
    context.removeAttribute(GIVEN_UP);
    if (!(context.getAttribute(LAST) instanceof URI last)) {
      return;
    }
    URI address = ShownRequest.origin(target);
    if (address == null || !isRedirected()) {
      return;
    }
    for (Header header : request.getHeaders()) {
      if (header.getValue() != null && !routes.mayCarry(last, address, header.getValue())) {
        request.removeHeader(header);
      }
    }
  }

  private boolean isRedirected() {
    var locations = context.getRedirectLocations();
    return locations != null && locations.size() > 0;
  }

  /** An exchange begins. */
  void began(HttpHost target) {
    URI address = ShownRequest.origin(target);
    if (address != null) {
      context.setAttribute(LAST, address);
    }
  }

  /** It is over, and what it has come to is about to be handed on. */
  void ended(HttpCall call) {
    if (call.refused() != null || !call.answerHeaders().isEmpty()) {
      // the application may use the context for another request
      context.setAttribute(GIVEN_UP, exchange);
    }
  }
}
