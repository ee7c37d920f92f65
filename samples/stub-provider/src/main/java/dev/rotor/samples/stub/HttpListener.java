package dev.rotor.samples.stub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Accepts connections on the loopback interface and serves each on a thread of its own. */
final class HttpListener implements AutoCloseable {
  private static final int BACKLOG = 1024;

  /** Answers one request. */
  interface Handler {
    /** Whether the connection may be used for another request. */
    boolean handle(HttpRequest request, Connection connection) throws IOException;
  }

  private final ServerSocket server;
  private final Handler handler;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * @param tls null: plain HTTP
   * @param port 0: any that is free
   */
  HttpListener(int port, @Nullable SSLContext tls, Handler handler) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.server =
        tls == null
            ? new ServerSocket(port, BACKLOG, loopback)
            : tls.getServerSocketFactory().createServerSocket(port, BACKLOG, loopback);
    this.handler = handler;
  }

  void start() {
    startThread("accept", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        open.add(socket);
        startThread("connection", () -> serve(socket));
      } catch (IOException e) {
        // the server was closed, or a client left before it was accepted
      }
    }
  }

  private void serve(Socket socket) {
    try (Connection connection = new Connection(socket)) {
      RequestReader reader = new RequestReader(connection);
      HttpRequest request = reader.read();
      while (request != null && handler.handle(request, connection)) {
        request = reader.read();
      }
    } catch (IOException | NumberFormatException e) {
      // a client that leaves, or speaks no HTTP, is not an event here
    } finally {
      open.remove(socket);
    }
  }

  private static void startThread(String name, Runnable task) {
    Thread thread = new Thread(task, "stub-provider-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closeQuietly(server);
    open.forEach(HttpListener::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // nothing is left to be done with it
    }
  }
}
