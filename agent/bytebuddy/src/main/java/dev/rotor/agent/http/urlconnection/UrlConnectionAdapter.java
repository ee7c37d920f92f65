package dev.rotor.agent.http.urlconnection;

import dev.rotor.agent.http.Adapter;
import dev.rotor.runtime.http.Exchanges;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Wraps connections to hosts that may be bound. Thread-safe. */
public final class UrlConnectionAdapter implements Adapter {

  private final Exchanges exchanges;
  private final ThreadLocal<Boolean> opening = new ThreadLocal<>();

  public UrlConnectionAdapter(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /**
   * Wraps a connection.
   *
   * @param context the proxy that the application named, if any
   * @param value what the protocol handler made
   */
  @Override
  public @Nullable Object adapt(@Nullable Object context, @Nullable Object value) {
    if (!(value instanceof HttpURLConnection connection)
        || opening.get() != null
        || !exchanges.routes().mayBind(connection.getURL().getHost())) {
      return value;
    }
    Proxy proxy = (Proxy) context;
    UrlExchange exchange = new UrlExchange(exchanges, connection, target -> open(target, proxy));
    return connection instanceof HttpsURLConnection
        ? new BoundHttpsConnection(exchange)
        : new BoundHttpConnection(exchange);
  }

  /** A connection of the JDK's own. */
  private HttpURLConnection open(URL target, @Nullable Proxy proxy) throws IOException {
    opening.set(true);
    try {
      return (HttpURLConnection)
          (proxy == null ? target.openConnection() : target.openConnection(proxy));
    } finally {
      opening.remove();
    }
  }
}
