package dev.rotor.agent.http.reactornetty;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientState;
import reactor.util.context.Context;

/**
 * A connection to nowhere on which an answer comes in that Rotor has, so that the client's own code
 * makes of it what it makes of any answer.
 */
final class LocalConnection implements ConnectionObserver {

  private final HttpClientConfig config;
  private final OwnRequest request;
  private final Context context;
  private @Nullable Consumer<Connection> application;

  LocalConnection(HttpClientConfig config, OwnRequest request, Context context) {
    this.config = config;
    this.request = request;
    this.context = context;
  }

  /** Tells the application on one of the client's threads, as the client would. */
  void open(KeptAnswer answer, Consumer<Connection> deliver, Consumer<Throwable> fail) {
    application = deliver;
    config
        .loopResources()
        .onClient(config.isPreferNative())
        .next()
        .execute(
            () -> {
              try {
                receive(answer);
              } catch (Throwable fault) {
                fail.accept(fault);
              }
            });
  }

  private void receive(KeptAnswer answer) {
    EmbeddedChannel channel = new EmbeddedChannel();
    ChannelOperations.addReactiveBridge(channel, ChannelOperations.OnSetup.empty(), this);
    ChannelOperations<?, ?> operations =
        config.channelOperationsProvider().create(Connection.from(channel), this, null);
    if (operations == null) {
      throw new IllegalStateException("the client makes no operations");
    }
    HttpRequest shown = ClientShape.request(operations);
    if (shown != null) {
      String query = request.uri().getRawQuery();
      String path = request.uri().getRawPath();
      shown.setMethod(HttpMethod.valueOf(request.method()));
      shown.setUri(query == null ? path : path + "?" + query);
      shown.headers().set(request.headers());
    }
    operations.bind();
    LastHttpContent rest = new DefaultLastHttpContent(Unpooled.wrappedBuffer(answer.body()));
    rest.trailingHeaders().set(answer.trailers());
    channel.pipeline().fireChannelRead(answer.head());
    channel.pipeline().fireChannelRead(rest);
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  public void onStateChange(Connection connection, State state) {
    Consumer<Connection> deliver = application;
    if (state == HttpClientState.RESPONSE_RECEIVED && deliver != null) {
      application = null;
      deliver.accept(connection);
    } else if (state == State.DISCONNECTING) {
      var unused = connection.channel().close();
    }
  }
}
