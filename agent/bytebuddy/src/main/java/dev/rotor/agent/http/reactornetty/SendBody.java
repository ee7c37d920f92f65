package dev.rotor.agent.http.reactornetty;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient.RedirectSendHandler;
import reactor.netty.http.client.HttpClientRequest;

/** What the client calls to have a request written. */
@FunctionalInterface
interface SendBody extends BiFunction<HttpClientRequest, NettyOutbound, Publisher<Void>> {

  /** The same to a client that asks whether a request is prepared for redirects. */
  interface OnRedirects extends SendBody, RedirectSendHandler {}

  /** The application's own; null: it writes nothing. */
  @SuppressWarnings("unchecked")
  static @Nullable SendBody of(@Nullable Object function) {
    if (function == null) {
      return null;
    }
    var own =
        (BiFunction<? super HttpClientRequest, ? super NettyOutbound, ? extends Publisher<Void>>)
            function;
    return function instanceof RedirectSendHandler
        ? (OnRedirects) (request, outbound) -> own.apply(request, outbound)
        : (request, outbound) -> own.apply(request, outbound);
  }
}
