package dev.rotor.agent.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A provider on an ephemeral port that answers as a test says and remembers what it received. */
public final class Provider implements AutoCloseable {

  /** What was received. */
  public record Received(String method, String path, Headers headers, String body) {
    public @Nullable String header(String name) {
      return headers.getFirst(name);
    }
  }

  /** What to answer. */
  public record Reply(int status, String body, List<String> headers) {
    public static Reply of(int status, String body, String... headers) {
      return new Reply(status, body, List.of(headers));
    }
  }

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();

  private Provider(HttpServer server, String scheme, Function<Received, Reply> answers) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answers));
    server.start();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Starts one. */
  public static Provider start(Function<Received, Reply> answers) throws IOException {
    return new Provider(HttpServer.create(anyPort(), 0), "http", answers);
  }

  /** Starts one over TLS. */
  public static Provider startSecure(SSLContext tls, Function<Received, Reply> answers)
      throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new Provider(server, "https", answers);
  }

  private void answer(HttpExchange exchange, Function<Received, Reply> answers) throws IOException {
    try (exchange) {
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      received.add(request);
      Reply reply = answers.apply(request);
      for (int i = 0; i < reply.headers().size(); i += 2) {
        exchange.getResponseHeaders().add(reply.headers().get(i), reply.headers().get(i + 1));
      }
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** An address here, by number. */
  public URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  /** The same address under a name that no API's hosts have. */
  public URI foreign(String path) {
    return URI.create(scheme + "://localhost:" + port() + path);
  }

  public List<Received> received() {
    return received;
  }

  /** The bearer tokens received, in order. */
  public List<String> keys() {
    return received.stream()
        .map(request -> String.valueOf(request.header("Authorization")).replace("Bearer ", ""))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
