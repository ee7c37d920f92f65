package dev.rotor.agent.http.okhttp;

import java.io.IOException;
import java.net.HttpURLConnection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps a 401 that a key of ours got from the application's authenticator, which OkHttp would ask
 * for a better credential than the application's own, that nobody has refused. It is a status that
 * nobody follows up until it has passed OkHttp's redirects.
 */
final class RefusedKey implements Interceptor {

  private static final int SHOWN = 1401;

  private final Hops hops;

  RefusedKey(Hops hops) {
    this.hops = hops;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == HttpURLConnection.HTTP_UNAUTHORIZED && hops.isKeyed()
        ? response.newBuilder().code(SHOWN).build()
        : response;
  }

  /** A response as the network answered it. */
  static Response told(Response response) {
    return response.code() == SHOWN
        ? response.newBuilder().code(HttpURLConnection.HTTP_UNAUTHORIZED).build()
        : response;
  }
}
