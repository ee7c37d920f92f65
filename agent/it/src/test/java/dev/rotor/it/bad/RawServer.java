package dev.rotor.it.bad;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that answers every request with the same bytes, whatever they are, and closes the
 * connection. Thread-safe.
 */
final class RawServer implements AutoCloseable {

  /** Writes head and body. */
  @FunctionalInterface
  interface Answer {
    void writeTo(OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final Answer answer;
  private final AtomicInteger requests = new AtomicInteger();

  private RawServer(ServerSocket server, Answer answer) {
    this.server = server;
    this.answer = answer;
  }

  static RawServer answering(Answer answer) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    RawServer raw = new RawServer(new ServerSocket(0, 100, loopback), answer);
    Thread thread = new Thread(raw::accept, "raw-server");
    thread.setDaemon(true);
    thread.start();
    return raw;
  }

  /** Status, headers and a body of bytes; its length goes along. */
  static Answer whole(int status, String headers, byte[] body) {
    return out -> {
      String head =
          "HTTP/1.1 "
              + status
              + " Answer\r\nContent-Length: "
              + body.length
              + "\r\nConnection: close\r\n"
              + headers.strip().replace("\n", "\r\n")
              + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
    };
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (isRequest(new BufferedInputStream(socket.getInputStream()))) {
          requests.incrementAndGet();
          answer.writeTo(socket.getOutputStream());
          socket.shutdownOutput();
          // until the client has it all and leaves
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException e) {
        // the server was closed, or a client left
      }
    }
  }

  /** Whether one came; reads its head, and no body, which these requests do not have. */
  private static boolean isRequest(InputStream in) throws IOException {
    int line = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        if (line == 0) {
          return true;
        }
        line = 0;
      } else if (c != '\r') {
        line++;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
