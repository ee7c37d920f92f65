package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.RefusedAnswer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientState;
import reactor.util.context.Context;

/**
 * A connection to nowhere on which Rotor's own answer comes in, so that the client's own code makes
 * of it what it makes of any answer.
 */
final class RefusedConnection implements ConnectionObserver {

  private final HttpClientConfig config;
  private final OwnRequest request;
  private final Context context;
  private @Nullable Consumer<Connection> application;

  RefusedConnection(HttpClientConfig config, OwnRequest request, Context context) {
    this.config = config;
    this.request = request;
    this.context = context;
  }

  /** Tells the application on one of the client's threads, as the client would. */
  void open(RefusedAnswer answer, Consumer<Connection> deliver, Consumer<Throwable> fail) {
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

  private void receive(RefusedAnswer answer) {
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
    HttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(RefusedAnswer.STATUS));
    answer.headers().forEach(head.headers()::set);
    channel.pipeline().fireChannelRead(head);
    channel
        .pipeline()
        .fireChannelRead(new DefaultLastHttpContent(Unpooled.wrappedBuffer(answer.body())));
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
