package dev.rotor.agent.http.urlconnection;

import dev.rotor.agent.http.BlockingClient;
import dev.rotor.agent.http.urlconnection.RecordedRequest.Header;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import dev.rotor.runtime.http.RequestEdit;
import dev.rotor.runtime.http.Routes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request whose body, if any, lies in memory. */
final class UrlSend implements BlockingClient<UrlAnswer> {

  /** What the JDK does not carry to another host or port either. */
  private static final Set<String> STAYS = Set.of("cookie", "cookie2", "authorization");

  private final UrlRequest request;
  private final Opener opener;
  private final Routes routes;
  private volatile @Nullable HttpURLConnection live;
  private volatile boolean disconnected;
  private @Nullable IOException notFollowed;

  UrlSend(UrlRequest request, Opener opener, Routes routes) {
    this.request = request;
    this.opener = opener;
    this.routes = routes;
  }

  /** The application disconnected, on whatever thread; what is under way fails. */
  void disconnect() {
    disconnected = true;
    HttpURLConnection current = live;
    if (current != null) {
      current.disconnect();
    }
  }

  @Override
  public Attempt<UrlAnswer> prepare(HttpCall call) throws IOException {
    RequestEdit edit = call.edit();
    List<Header> headers = request.recorded().headers(edit);
    HttpURLConnection connection = open(edit, headers);
    return () -> follow(connection, edit.uri(), headers);
  }

  /** A connection to what an attempt is sent to, ready but for its body. */
  HttpURLConnection open(RequestEdit edit) throws IOException {
    return open(edit, request.recorded().headers(edit));
  }

  private HttpURLConnection open(RequestEdit edit, List<Header> headers) throws IOException {
    URL own = request.recorded().settings().getURL();
    URL target = edit.uri().equals(request.uri()) ? own : new URL(own, edit.uri().toString());
    HttpURLConnection connection = opener.open(target);
    live = connection;
    request.recorded().applyTo(connection, request.method(), headers);
    return connection;
  }

  private UrlAnswer follow(HttpURLConnection first, URI origin, List<Header> placed)
      throws IOException {
    HttpURLConnection connection = first;
    String method = request.method();
    byte[] body = request.content();
    List<Header> headers = placed;
    URL shown = request.recorded().settings().getURL();
    for (int hops = 0; ; ) {
      int status = send(connection, body);
      URL target =
          request.recorded().settings().getInstanceFollowRedirects()
              ? Redirect.target(connection, status)
              : null;
      if (target == null) {
        return new UrlAnswer(connection, shown);
      }
      if (body != null && request.recorded().isStreamed()) {
        HttpRetryException refused = Redirect.notInStreamingMode(connection, status);
        notFollowed = refused;
        throw refused;
      }
      connection.disconnect();
      if (++hops >= Redirect.most()) {
        ProtocolException endless =
            new ProtocolException("Server redirected too many times (" + hops + ")");
        notFollowed = endless;
        throw endless;
      }
      if (Redirect.becomesGet(method, status)) {
        method = "GET";
        body = null;
        headers = List.of();
      }
      headers = carried(headers, origin, connection.getURL(), target);
      connection = opener.open(target);
      request.recorded().applyTo(connection, method, headers);
      shown = target;
    }
  }

  private int send(HttpURLConnection connection, byte @Nullable [] body) throws IOException {
    live = connection;
    if (disconnected) {
      throw new SocketException("Socket closed");
    }
    if (body != null) {
      request.recorded().output(connection);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    return connection.getResponseCode();
  }

  /** The headers that go along: as with the JDK, and no key to a host that is not its API's. */
  private List<Header> carried(List<Header> headers, URI origin, URL from, URL target) {
    URI address = origin(target);
    boolean same = Redirect.isSameDestination(from, target);
    List<Header> carried = new ArrayList<>();
    for (Header header : headers) {
      String value = header.value();
      boolean stays = !same && STAYS.contains(header.name().toLowerCase(Locale.ROOT));
      if (!stays && (value == null || routes.mayCarry(origin, address, header.name(), value))) {
        carried.add(header);
      }
    }
    return carried;
  }

  private static URI origin(URL url) {
    return URI.create(url.getProtocol() + "://" + url.getAuthority());
  }

  @Override
  public URI address(UrlAnswer answer) {
    return origin(answer.connection().getURL());
  }

  @Override
  public int status(UrlAnswer answer) {
    return statusOf(answer.connection());
  }

  /** An answered connection knows its status. */
  static int statusOf(HttpURLConnection connection) {
    try {
      return connection.getResponseCode();
    } catch (IOException unanswered) {
      return -1;
    }
  }

  @Override
  public Headers headers(UrlAnswer answer) {
    return Headers.of(name -> values(answer.connection(), name));
  }

  /** In the order of the message: by name the last one is told. */
  private static List<String> values(HttpURLConnection connection, String name) {
    if (connection.getHeaderField(name) == null) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; connection.getHeaderField(i) != null; i++) {
      if (name.equalsIgnoreCase(connection.getHeaderFieldKey(i))) {
        values.add(connection.getHeaderField(i));
      }
    }
    return values;
  }

  @Override
  public byte @Nullable [] hold(UrlAnswer answer) throws IOException {
    return answer.hold();
  }

  @Override
  public UrlAnswer handOn(UrlAnswer answer, HttpCall call) {
    answer.watch(call.passed(status(answer), headers(answer)));
    return answer;
  }

  @Override
  public UrlAnswer marked(UrlAnswer answer, Map<String, String> headers) {
    answer.add(headers);
    return answer;
  }

  @Override
  public void drop(UrlAnswer answer) {
    // what was read to its end has gone back to be used again
  }

  @Override
  public boolean isGivenUp(Throwable failure) {
    return disconnected
        || failure == notFollowed
        || failure.getClass() == InterruptedIOException.class;
  }

  @Override
  public UrlAnswer refused(RefusedAnswer answer) throws IOException {
    if (disconnected) {
      throw new SocketException("Socket closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while it waited for a key");
    }
    URL url = request.recorded().settings().getURL();
    return new UrlAnswer(new RefusedConnection(url, answer), url);
  }
}
