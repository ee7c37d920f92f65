package dev.rotor.agent.http.reactornetty;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Beside the codec, where requests leave: records them and places the key. Runs on the event loop.
 */
final class RequestHandler extends ChannelOutboundHandlerAdapter {

  /** So called that the application's own handlers come after it. */
  static final String NAME = "reactor.left.rotorRequest";

  /** A message that waits; its promise, unless that has been kept so that the rest comes. */
  private record Held(Object message, @Nullable ChannelPromise promise) {}

  private final Attempt attempt;
  private final Hop hop;
  private final Queue<Held> held = new ArrayDeque<>();
  private volatile @Nullable ChannelHandlerContext context;
  private boolean holding;
  private boolean shown;

  /**
   * For one request.
   *
   * @param holding whether it waits here until {@link #goOn}
   */
  RequestHandler(Attempt attempt, Hop hop, boolean holding) {
    this.attempt = attempt;
    this.hop = hop;
    this.holding = holding;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    Held message;
    while ((message = held.poll()) != null) {
      ReferenceCountUtil.release(message.message());
      ChannelPromise waiting = message.promise();
      if (waiting != null) {
        waiting.tryFailure(new ClosedChannelException());
      }
    }
  }

  @Override
  public void write(ChannelHandlerContext present, Object message, ChannelPromise promise) {
    attempt.record(message, hop);
    if (holding) {
      hold(message, promise);
    } else {
      send(present, message, promise);
    }
  }

  private void hold(Object message, ChannelPromise promise) {
    if (shown) {
      held.add(new Held(message, promise));
      return;
    }
    held.add(new Held(message, null));
    // the client asks the publisher for more only when this is written
    promise.trySuccess();
    if (!shown && (attempt.isDecided() || isOpenEnded(message))) {
      shown = true;
      attempt.shown();
    }
  }

  /** A publisher that has not said how much it gives may wait for an answer before it gives all. */
  private static boolean isOpenEnded(Object message) {
    return message instanceof HttpRequest request && HttpUtil.isTransferEncodingChunked(request);
  }

  private void send(ChannelHandlerContext present, Object message, ChannelPromise promise) {
    if (!(message instanceof HttpRequest request)) {
      var unused = present.write(message, promise);
      return;
    }
    try {
      var unused = present.write(attempt.leaving(request, hop), promise);
    } catch (UnsentException unsent) {
      ReferenceCountUtil.release(message);
      promise.setFailure(unsent);
    }
  }

  boolean isOpen() {
    ChannelHandlerContext present = context;
    return present != null && !present.isRemoved() && present.channel().isActive();
  }

  /** Lets go what was held. From any thread. */
  void goOn() {
    ChannelHandlerContext present = context;
    if (present == null) {
      return;
    }
    if (present.executor().inEventLoop()) {
      goOn(present);
    } else {
      present.executor().execute(() -> goOn(present));
    }
  }

  private void goOn(ChannelHandlerContext present) {
    holding = false;
    Held next;
    while ((next = held.poll()) != null) {
      ChannelPromise promise = next.promise();
      if (promise == null) {
        promise = present.newPromise();
        var unused = promise.addListener(written -> failIfUnwritten((ChannelFuture) written));
      }
      send(present, next.message(), promise);
    }
    present.flush();
  }

  private static void failIfUnwritten(ChannelFuture written) {
    Throwable failure = written.cause();
    if (failure != null) {
      written.channel().pipeline().fireExceptionCaught(failure);
    }
  }
}
