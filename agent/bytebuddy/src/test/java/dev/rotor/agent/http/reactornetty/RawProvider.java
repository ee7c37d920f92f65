package dev.rotor.agent.http.reactornetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A provider that answers byte by byte as a test says, one request on each connection. */
final class RawProvider implements AutoCloseable {

  /** What to answer to a request's head: bytes as they are; after them the connection is closed. */
  interface Answers {
    String to(String head) throws Exception;
  }

  private final ServerSocket server;
  private final Answers answers;
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
  private final List<String> received = new CopyOnWriteArrayList<>();

  private RawProvider(ServerSocket server, Answers answers) {
    this.server = server;
    this.answers = answers;
  }

  static RawProvider start(Answers answers) throws IOException {
    RawProvider provider =
        new RawProvider(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
    daemon(provider::accept);
    return provider;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-provider");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.add(socket);
        daemon(() -> answer(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      if (head != null) {
        received.add(head);
        socket.getOutputStream().write(answers.to(head).getBytes(ISO_8859_1));
        // what is not read would reset the connection, and the answer with it
        socket.shutdownOutput();
        socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      }
    } catch (IOException closed) {
      // by the client or the test
    } catch (Exception wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  /** Null: the connection was closed before. */
  private static @Nullable String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        return null;
      }
      head.append((char) one);
    }
    return head.toString();
  }

  /** The next connection that a client has opened. */
  Socket awaitConnection() throws InterruptedException {
    Socket socket = accepted.poll(2, TimeUnit.MINUTES);
    if (socket == null) {
      throw new IllegalStateException("no connection came");
    }
    return socket;
  }

  int port() {
    return server.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** The same address under a name that no API's hosts have. */
  URI foreign(String path) {
    return URI.create("http://localhost:" + port() + path);
  }

  /** The heads of the requests. */
  List<String> received() {
    return received;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : accepted) {
        socket.close();
      }
    } catch (IOException unclosed) {
      throw new UncheckedIOException(unclosed);
    }
  }
}
