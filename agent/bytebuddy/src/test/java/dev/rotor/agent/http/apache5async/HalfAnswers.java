package dev.rotor.agent.http.apache5async;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Answers {@code GET /stream} with half a body and goes on when it is told to; anything else at
 * once and whole.
 */
final class HalfAnswers implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final LinkedBlockingQueue<Boolean> orders = new LinkedBlockingQueue<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  HalfAnswers() throws IOException {
    daemon(this::accept);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "half-answers");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  void finish() {
    orders.add(true);
  }

  void reset() {
    orders.add(false);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String first = in.readLine(); first != null; first = in.readLine()) {
        String line = first;
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        if (!first.contains("/stream")) {
          write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine");
          continue;
        }
        write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
        if (!orders.take()) {
          socket.setSoLinger(true, 0);
          return;
        }
        write(socket, "half");
      }
    } catch (IOException | InterruptedException gone) {
      // the client has gone
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
