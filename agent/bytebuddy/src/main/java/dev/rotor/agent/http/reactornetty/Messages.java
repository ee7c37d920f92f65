package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Netty's HTTP messages, as the handlers need them. */
final class Messages {

  private Messages() {}

  /**
   * A request that is the same but for address and headers.
   *
   * @param withBody whether it takes the body over, if it has one
   */
  static HttpRequest copy(HttpRequest of, String uri, HttpHeaders headers, boolean withBody) {
    HttpRequest copy;
    if (withBody && of instanceof FullHttpRequest full) {
      copy =
          new DefaultFullHttpRequest(
              of.protocolVersion(),
              of.method(),
              uri,
              full.content(),
              headers,
              full.trailingHeaders());
    } else {
      copy = new DefaultHttpRequest(of.protocolVersion(), of.method(), uri, headers);
    }
    copy.setDecoderResult(of.decoderResult());
    return copy;
  }

  /** The first part of an answer that came in one. */
  static HttpResponse head(HttpResponse of) {
    return of instanceof FullHttpResponse
        ? new DefaultHttpResponse(of.protocolVersion(), of.status(), of.headers())
        : of;
  }

  /** The rest of it. */
  static LastHttpContent rest(FullHttpResponse of) {
    LastHttpContent rest = new DefaultLastHttpContent(of.content());
    rest.trailingHeaders().set(of.trailingHeaders());
    return rest;
  }

  static @Nullable ByteBuf bytes(Object message) {
    if (message instanceof ByteBuf bytes) {
      return bytes;
    }
    return message instanceof ByteBufHolder holder ? holder.content() : null;
  }

  /** As the engine sees them. */
  static Headers headers(HttpHeaders of) {
    return Headers.of(of::get, name -> of.getAll(name).size());
  }
}
