package dev.rotor.agent.http.apache4;

import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The application's context during one attempt. The client shows in it what it sends, and gives it
 * to strategies of the application's; they see the application's own request, without the key.
 */
final class AttemptContext implements HttpContext {

  private final HttpContext context;
  private final Object sent;
  private final Object own;

  private AttemptContext(HttpContext context, Object sent, Object own) {
    this.context = context;
    this.sent = sent;
    this.own = own;
  }

  /** A context of the application's own class stays what it is: its strategies may ask for it. */
  static HttpClientContext of(HttpClientContext context, Object sent, Object own) {
    return context.getClass() == HttpClientContext.class
        ? new HttpClientContext(new AttemptContext(context, sent, own))
        : context;
  }

  @Override
  public @Nullable Object getAttribute(String id) {
    return context.getAttribute(id);
  }

  @Override
  public void setAttribute(String id, @Nullable Object value) {
    context.setAttribute(id, value == sent ? own : value);
  }

  @Override
  public @Nullable Object removeAttribute(String id) {
    return context.removeAttribute(id);
  }
}
