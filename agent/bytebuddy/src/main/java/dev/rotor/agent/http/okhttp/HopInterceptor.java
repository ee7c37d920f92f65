package dev.rotor.agent.http.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** The last on the network: each hop passes here as it is about to leave. */
final class HopInterceptor implements Interceptor {

  private final Hops hops;

  HopInterceptor(Hops hops) {
    this.hops = hops;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return Leaving.proceed(chain, chain.request(), hops.leaving(chain.request()));
  }
}
