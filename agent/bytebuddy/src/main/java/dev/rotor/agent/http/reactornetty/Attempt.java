package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

/**
 * One subscription of Rotor's to the client. The client follows redirects, and sends once more
 * where a pooled connection was dead, within it: each of these hops passes {@link #send}.
 */
final class Attempt implements CoreSubscriber<Connection> {

  private static final String POOL = "reactor.netty.internal.shaded.reactor.pool.";

  private final Exchange exchange;
  private final Client client;
  private final HttpCall call;
  private final OwnRequest request;
  private final URI target;

  private final boolean preview;

  private @Nullable SendBody own;
  private volatile @Nullable Subscription subscription;
  private volatile @Nullable RequestHandler placing;
  private volatile @Nullable AnswerHandler answer;
  private volatile @Nullable Throwable thrownByApplication;
  private volatile boolean dropped;
  // its answer breaks off: only the client's exception is wanted of it
  private boolean broken;
  // it is a preview, and has been sent
  private volatile boolean gone;

  /**
   * Prepares one.
   *
   * @param target where it goes
   * @param preview whether the request is held where it would leave, until {@link #goOn}
   */
  Attempt(
      Exchange exchange,
      Client client,
      HttpCall call,
      OwnRequest request,
      URI target,
      boolean preview) {
    this.preview = preview;
    this.exchange = exchange;
    this.client = client;
    this.call = call;
    this.request = request;
    this.target = target;
  }

  /** The client's publisher for this attempt. */
  Mono<Connection> connect(HttpClientConfig config) throws ReflectiveOperationException {
    ClientShape shape = client.shape();
    HttpClientConfig edited = shape.copy(config);
    if (isElsewhere()) {
      shape.address(edited, target);
      if (request.namesHost()) {
        shape.headers(edited, request.headers().copy().remove(HttpHeaderNames.HOST));
      }
    }
    own = shape.body(config);
    shape.body(
        edited,
        own instanceof SendBody.OnRedirects
            ? (SendBody.OnRedirects) this::send
            : (SendBody) this::send);
    Callbacks callbacks = new Callbacks(() -> dropped);
    shape.callbacks(edited, callbacks::consumer, callbacks::predicate);
    return shape.connect(edited);
  }

  private boolean isElsewhere() {
    return !target.equals(request.uri());
  }

  private Publisher<Void> send(HttpClientRequest sent, NettyOutbound outbound) {
    Hop hop = hop(sent);
    outbound.withConnection(connection -> install(connection.channel(), hop));
    RecordedRequest recorded = request.recorded();
    if (hop.isFirst() && recorded.isWhole()) {
      byte[] body = recorded.body();
      return body.length == 0
          ? outbound
          : outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
    }
    if (hop.isFirst()) {
      recorded.start();
    }
    SendBody body = own;
    if (body == null) {
      return outbound;
    }
    try {
      Publisher<Void> written = body.apply(sent, outbound);
      return outbound.equals(written)
          ? outbound
          : Mono.fromDirect(written).doOnError(thrown -> thrownByApplication = thrown);
    } catch (Throwable thrown) {
      thrownByApplication = thrown;
      throw thrown;
    }
  }

  private Hop hop(HttpClientRequest sent) {
    String[] before = sent.redirectedFrom();
    String present = String.valueOf(sent.resourceUrl());
    // the client counts as a redirect, too, what it sends again over another connection
    boolean isFirst =
        (before.length == 0 || before[0].equals(present))
            && sent.method().name().equals(request.method());
    return new Hop(isFirst ? target : Hop.address(present), isFirst);
  }

  private void install(Channel channel, Hop hop) {
    AnswerHandler handler = new AnswerHandler(this, hop);
    RequestHandler request = new RequestHandler(this, hop, preview && !gone && hop.isFirst());
    new HopHandlers(request, handler).install(channel);
    answer = handler;
    placing = request;
  }

  /**
   * The request as it is to leave.
   *
   * @throws UnsentException it is not to leave on this way
   */
  HttpRequest leaving(HttpRequest written, Hop hop) throws UnsentException {
    return new Departure(exchange, client, call, request, target).of(written, hop);
  }

  void record(Object message, Hop hop) {
    if (hop.isFirst()) {
      request.recorded().add(message);
    }
  }

  /** Whether the request is recorded, or is not going to be. */
  boolean isDecided() {
    return request.recorded().isDecided();
  }

  void shown() {
    exchange.shown();
  }

  /** Whether there is a connection on which the request lies. */
  boolean isOpen() {
    RequestHandler held = placing;
    return held != null && held.isOpen();
  }

  /** Lets the request go that was held. */
  void goOn() {
    gone = true;
    RequestHandler held = placing;
    if (held != null) {
      held.goOn();
    }
  }

  /** Ends a preview whose request goes another way. */
  void giveUp() {
    dropped = true;
    Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
  }

  boolean holds(Hop hop, int status) {
    return exchange.holds(hop.origin(target), status);
  }

  void answered(int status, Headers headers, byte[] body) {
    exchange.answered(status, headers, body);
  }

  /** Ends the attempt of a held answer that nobody will see. */
  void drop() {
    dropped = true;
    AnswerHandler held = answer;
    if (held != null) {
      held.drop();
    }
  }

  /** The answer ends too early: the attempt fails with what the client then says. */
  void breakOff() {
    broken = true;
    dropped = true;
  }

  void deliver(KeptAnswer kept) {
    exchange.application().deliver(kept);
  }

  /** Lets the application have the answer that was held. */
  void release(Map<String, String> headers) {
    AnswerHandler held = answer;
    if (held != null) {
      held.release(headers);
    }
  }

  @Override
  public Context currentContext() {
    return exchange.application().context();
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    exchange.began(begun);
  }

  @Override
  public void onNext(Connection connection) {
    if (broken) {
      awaitFailure(connection);
    }
    if (dropped) {
      return;
    }
    if (connection instanceof HttpClientResponse response) {
      AnswerHandler handler = answer;
      URI from = handler == null ? target : handler.hop().origin(target);
      AnswerBody body =
          exchange.passed(
              from, response.status().code(), Messages.headers(response.responseHeaders()));
      if (body != null && (handler == null || !handler.watch(body))) {
        body.end();
      }
    }
    exchange.application().deliver(connection);
  }

  private void awaitFailure(Connection connection) {
    var unused =
        connection
            .inbound()
            .receive()
            .subscribe(
                part -> {},
                thrown -> exchange.failed(thrown, false),
                () -> exchange.failed(new IOException("the answer broke off"), false));
  }

  @Override
  public void onError(Throwable thrown) {
    if (dropped && !broken) {
      return;
    }
    if (thrown instanceof UnsentException) {
      exchange.untouched();
      return;
    }
    if (preview && !gone && thrown != thrownByApplication) {
      exchange.previewFailed(thrown);
      return;
    }
    exchange.failed(thrown, isApplications(thrown));
  }

  /** Its body's, or that its pool has no connection for it: no key is to blame. */
  private boolean isApplications(Throwable thrown) {
    if (thrown.getClass().getName().startsWith(POOL)) {
      return true;
    }
    boolean isNetworks =
        thrown instanceof IOException
            || thrown instanceof ChannelException
            || thrown instanceof AbortedException;
    return !isNetworks && thrown == thrownByApplication;
  }

  @Override
  public void onComplete() {
    // told with the connection
  }
}
