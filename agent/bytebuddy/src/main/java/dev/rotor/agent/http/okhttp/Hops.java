package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.http.UntouchedException;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.ForeignCredentialException;
import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the interceptors of one call tell each other: where it began, and whether its hops get a
 * key. Used by the thread that runs the call.
 */
final class Hops {

  private final Exchanges exchanges;
  private @Nullable HttpUrl start;
  private @Nullable ShownRequest shown;
  private @Nullable HttpCall exchange;
  private boolean moved;
  private boolean again;
  private boolean keyed;
  private @Nullable Exception untouched;

  Hops(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /** Where the application sends it; no hop gets a key before {@link #attempt}. */
  void begin(HttpUrl address) {
    start = address;
    exchange = null;
    untouched = null;
    keyed = false;
  }

  /**
   * An attempt follows.
   *
   * @param request the application's own
   * @param elsewhere whether it goes where the application did not send it
   * @param further whether something has been sent before
   */
  void attempt(HttpCall call, ShownRequest request, boolean elsewhere, boolean further) {
    exchange = call;
    shown = request;
    moved = elsewhere;
    again = further;
    untouched = null;
    keyed = false;
  }

  /** Whether the last hop had a key. */
  boolean isKeyed() {
    return keyed;
  }

  /**
   * Why the attempt went on as the application's own request, or was unwound since it could not;
   * null: neither.
   */
  @Nullable Exception untouched() {
    return untouched;
  }

  /**
   * What is to leave in place of a hop's request, which may be itself.
   *
   * @throws IOException unwinds the chain: the application's own request may not leave here, since
   *     it goes to another address, or has been sent
   */
  Request leaving(Request request) throws IOException {
    keyed = false;
    HttpCall call = exchange;
    if (call != null && untouched == null) {
      try {
        ShownRequest last = Objects.requireNonNull(shown).later(request);
        if (call.isOwnHop(last)) {
          Request sent = last.edited(call.place(last));
          keyed = true;
          return sent;
        }
        if (call.isOwnHop(last.uri())) {
          call.abandon();
          pass(UntouchedException.otherHost(), moved);
        }
      } catch (ForeignCredentialException foreign) {
        pass(foreign, moved);
      } catch (Throwable fault) {
        pass(new UntouchedException(fault), moved || again);
      }
    }
    return stripped(request);
  }

  private void pass(Exception why, boolean unwinds) throws IOException {
    untouched = why;
    if (unwinds) {
      throw new IOException("Rotor: the request does not leave like this");
    }
  }

  /** The application may have put a key into a header itself, which a redirect carries along. */
  private Request stripped(Request request) {
    HttpUrl from = start;
    if (from == null || isSame(from, request.url())) {
      return request;
    }
    Headers headers = request.headers();
    Headers.Builder kept = new Headers.Builder();
    for (int i = 0; i < headers.size(); i++) {
      if (exchanges.routes().mayCarry(origin(from), origin(request), headers.value(i))) {
        kept.addUnsafeNonAscii(headers.name(i), headers.value(i));
      }
    }
    Headers all = kept.build();
    return all.size() == headers.size() ? request : request.newBuilder().headers(all).build();
  }

  private static boolean isSame(HttpUrl one, HttpUrl other) {
    return one.port() == other.port()
        && one.host().equals(other.host())
        && one.scheme().equals(other.scheme());
  }

  /** Mostly where the call began; of its path nothing needs to be true. */
  URI origin(Request request) {
    ShownRequest known = shown;
    return known != null && isSame(known.request().url(), request.url())
        ? known.uri()
        : origin(request.url());
  }

  /** What matters of an address here; the rest may hold what a {@code URI} does not take. */
  private static URI origin(HttpUrl url) {
    return URI.create(url.scheme() + "://" + host(url) + ":" + url.port());
  }

  /** As it stands in a {@code URI}. */
  static String host(HttpUrl url) {
    String host = url.host();
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
