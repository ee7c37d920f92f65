package dev.rotor.it.stacks;

import dev.rotor.it.http.Application;
import dev.rotor.samples.stub.SelfSignedTls;
import dev.rotor.samples.stub.StubProvider;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.tcp.SslProvider;

/** Speaks HTTP/2 over TLS in front of a provider, which does not. */
final class Http2Front implements AutoCloseable {

  private static final HttpClient TO_PROVIDER =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final List<String> protocols = new CopyOnWriteArrayList<>();
  private final StubProvider provider;
  private final DisposableServer server;

  private Http2Front(StubProvider provider) {
    this.provider = provider;
    this.server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
            .secure(spec -> spec.sslContext(tls()))
            .handle(this::forward)
            .bindNow();
  }

  static Http2Front before(StubProvider provider) {
    return new Http2Front(provider);
  }

  private static SslProvider.GenericSslContextSpec<?> tls() {
    return Http2SslContextSpec.forServer(keys());
  }

  private static KeyManagerFactory keys() {
    SelfSignedTls tls = Application.tls();
    try (InputStream file = Files.newInputStream(tls.store())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(file, tls.password().toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, tls.password().toCharArray());
      return keys;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "https://127.0.0.1:" + server.port();
  }

  /** By which protocol each request came. */
  List<String> protocols() {
    return protocols;
  }

  private Publisher<Void> forward(HttpServerRequest request, HttpServerResponse response) {
    protocols.add(request.version().toString());
    return request
        .receive()
        .aggregate()
        .asByteArray()
        .defaultIfEmpty(new byte[0])
        .flatMap(body -> Mono.fromFuture(() -> sent(request, body)))
        .flatMap(answer -> answered(response, answer));
  }

  private java.util.concurrent.CompletableFuture<HttpResponse<byte[]>> sent(
      HttpServerRequest request, byte[] body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(provider.url() + request.uri()))
            .method(request.method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    String credential = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION);
    if (credential != null) {
      builder.header("authorization", credential);
    }
    return TO_PROVIDER.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Mono<Void> answered(HttpServerResponse response, HttpResponse<byte[]> answer) {
    response.status(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> response.header(name, value)));
    return response.sendByteArray(Mono.just(answer.body())).then();
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
