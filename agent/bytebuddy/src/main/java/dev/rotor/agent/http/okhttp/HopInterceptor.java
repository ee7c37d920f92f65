package dev.rotor.agent.http.okhttp;

import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.Routes;
import java.io.IOException;
import java.net.URI;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * On the network, where each hop of a redirect passes: no key goes to a host that is not its API's.
 */
final class HopInterceptor implements Interceptor {

  private final Exchanges exchanges;

  HopInterceptor(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    return chain.proceed(mayCarryAll(chain, request) ? request : stripped(chain, request));
  }

  private boolean mayCarryAll(Chain chain, Request request) {
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (!mayCarry(chain, request, headers.value(i))) {
        return false;
      }
    }
    return true;
  }

  private Request stripped(Chain chain, Request request) {
    Headers headers = request.headers();
    Headers.Builder kept = new Headers.Builder();
    for (int i = 0; i < headers.size(); i++) {
      if (mayCarry(chain, request, headers.value(i))) {
        kept.addUnsafeNonAscii(headers.name(i), headers.value(i));
      }
    }
    return request.newBuilder().headers(kept.build()).build();
  }

  private boolean mayCarry(Chain chain, Request request, String value) {
    Routes routes = exchanges.routes();
    return routes.mayCarry(origin(chain.call().request()), origin(request), value);
  }

  /** What matters of an address here; the rest may hold what a {@code URI} does not take. */
  static URI origin(Request request) {
    return URI.create(
        request.url().scheme() + "://" + host(request.url().host()) + ":" + request.url().port());
  }

  private static String host(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
