package dev.rotor.agent.http.reactornetty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/** Beside the codec, where requests leave: records them and places the key. */
final class RequestHandler extends ChannelOutboundHandlerAdapter {

  /** So called that the application's own handlers come after it. */
  static final String NAME = "reactor.left.rotorRequest";

  private final Attempt attempt;
  private final Hop hop;

  RequestHandler(Attempt attempt, Hop hop) {
    this.attempt = attempt;
    this.hop = hop;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    attempt.record(message, hop);
    if (!(message instanceof HttpRequest request)) {
      var unused = context.write(message, promise);
      return;
    }
    try {
      var unused = context.write(attempt.leaving(request, hop), promise);
    } catch (UnsentException unsent) {
      ReferenceCountUtil.release(message);
      promise.setFailure(unsent);
    }
  }
}
