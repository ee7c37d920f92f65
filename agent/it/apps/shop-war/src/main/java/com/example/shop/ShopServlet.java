package com.example.shop;

import dev.rotor.annotations.RotatedApi;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Asks the provider that {@code ?of=} names, in the way that the path says. */
public final class ShopServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient Client client;
  private transient Square square;
  private transient Quotes quotes;
  private transient Queue<CompletableFuture<String>> running;

  @Override
  public void init() {
    client = new Client();
    square = new Square();
    quotes = new Quotes(client);
    running = new ConcurrentLinkedQueue<>();
  }

  @Override
  public void destroy() {
    running.forEach(future -> future.cancel(true));
    client.close();
    square.close();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String of = request.getParameter("of");
    response.setContentType("text/plain");
    try {
      response
          .getWriter()
          .println(answer(request.getPathInfo(), of == null ? null : URI.create(of)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  private String answer(String way, URI uri) throws IOException, InterruptedException {
    return switch (way) {
      case "/jdk" -> client.get(uri);
      case "/url" -> connect(uri);
      case "/okhttp" -> square.get(uri);
      case "/quote" -> quotes.quote(uri);
      case "/cached" -> quotes.cached("lamp") + " " + quotes.cached("lamp");
      case "/later" -> started(quotes.later(uri));
      case "/later-with" -> started(quotes.laterWith(""));
      case "/annotations" -> String.valueOf(RotatedApi.class.getClassLoader());
      default -> throw new IOException("no such way: " + way);
    };
  }

  private String started(CompletableFuture<String> future) {
    running.add(future);
    return future.isDone() ? "done" : "waits";
  }

  private static String connect(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
