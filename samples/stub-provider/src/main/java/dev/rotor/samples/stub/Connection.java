package dev.rotor.samples.stub;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One client's connection, from the provider's side: HTTP/1.1 on a socket. Used by one thread. */
final class Connection implements AutoCloseable {
  private final Socket socket;
  private final PushbackInputStream in;
  private final OutputStream out;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /** Waits, and ends at once with false when the client leaves meanwhile. */
  boolean waitWhileClientStays(Duration wait) throws IOException {
    if (wait.isZero()) {
      return true;
    }
    socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
    try {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      in.unread(next);
      return true;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /** Sends head and body in one piece, so that no delayed acknowledgement comes between them. */
  void send(Answer answer, boolean withBody) throws IOException {
    byte[] body = answer.bytes();
    ByteArrayOutputStream message = head(answer, "content-length: " + body.length);
    if (withBody) {
      message.writeBytes(body);
    }
    out.write(message.toByteArray());
    out.flush();
  }

  /** Sends the head, and of the body less than the head promises. */
  void sendHalf(Answer answer) throws IOException {
    byte[] body = answer.bytes();
    ByteArrayOutputStream message = head(answer, "content-length: " + Math.max(2, body.length));
    message.write(body, 0, body.length / 2);
    out.write(message.toByteArray());
    out.flush();
  }

  void startChunks(Answer answer) throws IOException {
    out.write(head(answer, "transfer-encoding: chunked").toByteArray());
    out.flush();
  }

  /** Sends one chunk; an empty one ends the answer. */
  void sendChunk(String text) throws IOException {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(data.length + 16);
    chunk.writeBytes(ascii(Integer.toHexString(data.length) + "\r\n"));
    chunk.writeBytes(data);
    chunk.writeBytes(ascii("\r\n"));
    out.write(chunk.toByteArray());
    out.flush();
  }

  /** Ends the connection with a reset instead of an orderly end. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static ByteArrayOutputStream head(Answer answer, String lengthHeader) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason(answer.status()));
    head.append("\r\n").append(lengthHeader).append("\r\n");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(ascii(head.append("\r\n").toString()));
    return message;
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 307 -> "Temporary Redirect";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
