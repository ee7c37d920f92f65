package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.AnswerBody;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Before the client's own last handler: what it does not let through, the client has not received.
 * An answer that may be followed by another attempt is kept here; when it is let through, the
 * client sees it come. Of any other it tells what passes. Runs on the event loop.
 */
final class AnswerHandler extends ChannelDuplexHandler {

  /** So called that the application's own handlers come before it. */
  static final String NAME = "reactor.right.rotorAnswer";

  private enum State {
    BEFORE,
    /** A {@code 100 Continue} or the like. */
    INFORMATIONAL,
    HOLDING,
    /** The whole answer is here. */
    HELD,
    PASSING,
    OVER
  }

  private final Attempt attempt;
  private final Hop hop;
  private final HeldAnswer held = new HeldAnswer();
  private State state = State.BEFORE;
  private @Nullable ChannelHandlerContext context;
  private final ToldBody body = new ToldBody();
  // it was held when its connection closed
  private @Nullable KeptAnswer kept;

  AnswerHandler(Attempt attempt, Hop hop) {
    this.attempt = attempt;
    this.hop = hop;
  }

  Hop hop() {
    return hop;
  }

  /** Tells a body from now on; false: none comes. */
  boolean watch(AnswerBody answer) {
    if (state != State.PASSING) {
      return false;
    }
    body.watch(answer);
    return true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    held.discard();
    body.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext present, Object message) {
    if (state == State.HOLDING) {
      hold(present, message);
    } else if (state == State.BEFORE && message instanceof HttpResponse response) {
      begin(present, response);
    } else if (state == State.INFORMATIONAL) {
      if (message instanceof LastHttpContent) {
        state = State.BEFORE;
      }
      present.fireChannelRead(message);
    } else if (state == State.PASSING) {
      pass(present, message);
    } else {
      present.fireChannelRead(message);
    }
  }

  private void begin(ChannelHandlerContext present, HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      // no answer at all: the client throws what it was not able to read
      state = State.OVER;
      present.fireChannelRead(response);
      return;
    }
    boolean whole = response instanceof FullHttpResponse;
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      state = whole ? State.BEFORE : State.INFORMATIONAL;
      present.fireChannelRead(response);
      return;
    }
    state = attempt.holds(hop, response.status().code()) ? State.HOLDING : State.PASSING;
    channelRead(present, Messages.head(response));
    if (response instanceof FullHttpResponse full) {
      channelRead(present, Messages.rest(full));
    }
  }

  private void hold(ChannelHandlerContext present, Object message) {
    held.add(message);
    HttpResponse head = held.head();
    if (held.isTooLong()) {
      passHeld(present);
    } else if (message instanceof LastHttpContent last && head != null) {
      if (last.decoderResult().isFailure()) {
        breakOff(present);
        return;
      }
      state = State.HELD;
      attempt.answered(head.status().code(), Messages.headers(head.headers()), held.body());
    }
  }

  private void passHeld(ChannelHandlerContext present) {
    state = State.PASSING;
    Object message;
    while ((message = held.poll()) != null) {
      pass(present, message);
    }
  }

  /**
   * The client sees what there is of an answer that breaks off, so that it fails as it does without
   * Rotor, and does not take it for a request that was not answered and may be sent once more.
   */
  private void breakOff(ChannelHandlerContext present) {
    attempt.breakOff();
    passHeld(present);
  }

  /** Has the client see the answer's end without its body. */
  private void skipHeld(ChannelHandlerContext present) {
    HttpResponse head = held.head();
    held.discard();
    state = State.PASSING;
    if (head != null) {
      pass(present, head);
    }
    if (state == State.PASSING) {
      pass(present, LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private void pass(ChannelHandlerContext present, Object message) {
    if (message instanceof LastHttpContent) {
      state = State.OVER;
    }
    body.passes(message);
    present.fireChannelRead(message);
    if (message instanceof LastHttpContent && !present.isRemoved()) {
      HopHandlers.uninstall(present.pipeline());
    }
  }

  /** Lets the application have the held answer, with more headers. From any thread. */
  void release(Map<String, String> headers) {
    onLoop(
        present -> {
          HttpResponse head = held.head();
          KeptAnswer alone = kept;
          kept = null;
          if (alone != null) {
            attempt.deliver(alone.with(headers));
          } else if (state == State.HELD && head != null) {
            headers.forEach(head.headers()::set);
            passHeld(present);
          }
        });
  }

  /**
   * Lets the client receive an answer without a body, so that its connection goes back to where it
   * came from. From any thread.
   */
  void drop() {
    onLoop(
        present -> {
          kept = null;
          if (state == State.HELD) {
            skipHeld(present);
          }
        });
  }

  private void onLoop(Consumer<ChannelHandlerContext> task) {
    ChannelHandlerContext present = context;
    if (present == null) {
      return;
    }
    if (present.executor().inEventLoop()) {
      task.accept(present);
    } else {
      present.executor().execute(() -> task.accept(present));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext present) {
    present.fireChannelReadComplete();
    if (state == State.HOLDING) {
      present.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext present) {
    if (state == State.HELD) {
      // the client lets its connection go; the answer is the application's only if none follows
      KeptAnswer alone = held.keep();
      attempt.drop();
      kept = alone;
      present.fireChannelInactive();
      return;
    }
    if (state == State.HOLDING) {
      breakOff(present);
    }
    fail(new IOException("the connection was closed before the end of the answer"));
    present.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext present, Throwable failure) {
    if (state == State.HELD) {
      // a read timeout, perhaps; the answer is here, and the connection will be closed
      return;
    }
    if (state == State.HOLDING) {
      breakOff(present);
    }
    fail(failure);
    present.fireExceptionCaught(failure);
  }

  /** The application, or the client for it, ends the connection: it wants no more of the answer. */
  @Override
  public void close(ChannelHandlerContext present, ChannelPromise promise) {
    held.discard();
    state = State.OVER;
    body.close();
    var unused = present.close(promise);
  }

  private void fail(Throwable failure) {
    held.discard();
    body.failed(failure);
    state = State.OVER;
  }
}
