package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.RefusedAnswer;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;

/** A whole answer that needs no connection any more, or never had one. */
// neither compared nor printed
@SuppressWarnings("ArrayRecordComponent")
record KeptAnswer(HttpResponse head, byte[] body, HttpHeaders trailers) {

  static KeptAnswer of(RefusedAnswer refused) {
    HttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(RefusedAnswer.STATUS));
    return new KeptAnswer(head, refused.body(), EmptyHttpHeaders.INSTANCE).with(refused.headers());
  }

  /** The same with more headers. */
  KeptAnswer with(Map<String, String> headers) {
    headers.forEach(head.headers()::set);
    return this;
  }
}
