package dev.rotor.agent.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that makes tunnels to this machine, but for those that it was told to refuse. */
public final class TunnelProxy implements AutoCloseable {

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool(TunnelProxy::daemon);
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Starts one. */
  public TunnelProxy() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tunnel-proxy");
    thread.setDaemon(true);
    return thread;
  }

  /** The next tunnel that is asked for is refused. */
  public void refuse(int status) {
    refusals.add(status);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What was asked for, with all headers. */
  public List<String> asked() {
    return asked;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      asked.add(head);
      Integer refusal = refusals.poll();
      if (refusal != null) {
        write(
            socket,
            "HTTP/1.1 " + refusal + " No\r\nRetry-After: 30\r\nContent-Length: 6\r\n\r\nno way");
        return;
      }
      int port = Integer.parseInt(head.split(" ", 3)[1].split(":", 2)[1]);
      try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
        open.add(target);
        write(socket, "HTTP/1.1 200 OK\r\n\r\n");
        threads.execute(() -> copy(target, socket));
        copy(socket, target);
      }
    } catch (IOException broken) {
      // the client sees it
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
    } catch (IOException broken) {
      // both ends see it
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
