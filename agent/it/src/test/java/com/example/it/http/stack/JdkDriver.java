package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** {@code java.net.http.HttpClient}: {@code send} or {@code sendAsync}. */
final class JdkDriver implements Driver<HttpClient> {

  private final boolean async;

  JdkDriver(String way) {
    this.async = way.equals("sendAsync");
  }

  @Override
  public HttpClient client(Setup setup) {
    return following();
  }

  /** The client's default is HTTP/2 where the server has it. */
  static HttpClient following() {
    return HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
  }

  @Override
  public Opened open(HttpClient client, Wanted wanted, Abort abort) throws Exception {
    HttpRequest request = request(wanted);
    if (!async) {
      return opened(client.send(request, BodyHandlers.ofInputStream()));
    }
    CompletableFuture<HttpResponse<InputStream>> future =
        client.sendAsync(request, BodyHandlers.ofInputStream());
    abort.by(() -> future.cancel(true));
    return opened(Futures.get(future));
  }

  private static HttpRequest request(Wanted wanted) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(wanted.url()));
    builder.timeout(wanted.timeout());
    wanted.headers().forEach(it -> builder.header(Wanted.name(it), Wanted.value(it)));
    return builder.method(wanted.method(), publisher(wanted)).build();
  }

  private static BodyPublisher publisher(Wanted wanted) {
    if (!wanted.hasBody()) {
      return BodyPublishers.noBody();
    }
    byte[] content = wanted.body().content();
    if (!wanted.isOneShot()) {
      return BodyPublishers.ofByteArray(content);
    }
    OnceStream once = new OnceStream(content);
    return BodyPublishers.ofInputStream(() -> once);
  }

  private static Opened opened(HttpResponse<InputStream> response) {
    return new Opened(
        response.statusCode(),
        response.headers().map(),
        response.body(),
        Opened.closing(response.body()));
  }
}
