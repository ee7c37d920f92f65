package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.Engines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** A provider that speaks HTTP/2 in plain text and limits the first key. */
final class H2Provider
    implements AsyncServerRequestHandler<Message<HttpRequest, String>>, AutoCloseable {

  private final HttpAsyncServer server;
  private final int port;
  private final List<String> received = new CopyOnWriteArrayList<>();

  H2Provider() throws Exception {
    server =
        H2ServerBootstrap.bootstrap()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
            .setCanonicalHostName("127.0.0.1")
            .register("*", this)
            .create();
    server.start();
    port =
        ((InetSocketAddress)
                server
                    .listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTP)
                    .get()
                    .getAddress())
            .getPort();
  }

  int port() {
    return port;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Version, credential and body of each request. */
  List<String> received() {
    return received;
  }

  @Override
  public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
      HttpRequest request, @Nullable EntityDetails entity, HttpContext context) {
    return new BasicRequestConsumer<>(entity == null ? null : new StringAsyncEntityConsumer());
  }

  @Override
  public void handle(
      Message<HttpRequest, String> message, ResponseTrigger trigger, HttpContext context)
      throws org.apache.hc.core5.http.HttpException, java.io.IOException {
    String key = message.getHead().getFirstHeader("Authorization").getValue();
    received.add(message.getHead().getVersion() + " " + key + " " + message.getBody());
    boolean limited = key.contains(Engines.FIRST);
    trigger.submitResponse(
        AsyncResponseBuilder.create(limited ? 429 : 200)
            .setHeader("Retry-After", "30")
            .setEntity(
                new StringAsyncEntityProducer(
                    limited ? "slow down" : "fine", ContentType.TEXT_PLAIN))
            .build(),
        context);
  }

  @Override
  public void close() {
    server.close(CloseMode.IMMEDIATE);
  }
}
