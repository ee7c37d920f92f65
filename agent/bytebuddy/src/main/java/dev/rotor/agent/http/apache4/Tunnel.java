package dev.rotor.agent.http.apache4;

import org.apache.http.HttpRequest;
import org.apache.http.protocol.HttpContext;

/**
 * Whether the client has got beyond a proxy that it asks for a tunnel. It returns a refusal as if
 * it were the answer; but its context then still shows the {@code CONNECT}, since only a client
 * that goes on asks once more whether the request is aborted.
 */
record Tunnel(HttpContext context, HttpRequest own) {

  private static final String REQUEST = "http.request";

  /** The client goes on: what it asked a proxy for, if anything, has been granted. */
  void passed() {
    if (isAskedFor()) {
      context.setAttribute(REQUEST, own);
    }
  }

  /** Whether the last that was sent is a wish for a tunnel. */
  boolean isAskedFor() {
    return context.getAttribute(REQUEST) instanceof HttpRequest request
        && request.getRequestLine().getMethod().equalsIgnoreCase("CONNECT");
  }
}
