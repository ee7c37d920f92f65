package dev.rotor.agent.http.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** The last on the network: each hop passes here as it is about to leave. */
final class HopInterceptor implements Interceptor {

  private final Hops hops;
  private final Leaving leaving;

  HopInterceptor(Hops hops, Leaving leaving) {
    this.hops = hops;
    this.leaving = leaving;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return leaving.proceed(chain, chain.request(), hops.leaving(chain.request()));
  }
}
