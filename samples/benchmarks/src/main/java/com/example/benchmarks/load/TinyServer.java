package com.example.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/**
 * A provider that costs next to nothing: one thread for each connection, one answer for all
 * requests, with the headers of a chat completion. It tells whether the program's own placeholder
 * arrived or one of the keys of {@code load.yaml} in its place.
 */
public final class TinyServer {

  static final String SAW = "x-saw";
  static final String SAW_KEY = "a key";
  static final String SAW_PLACEHOLDER = "the placeholder";
  private static final String SAW_NEITHER = "neither";

  private static final byte[] KEY = "Bearer sk-benchmark-000".getBytes(ISO_8859_1);
  private static final byte[] PLACEHOLDER = "Bearer rotor\r\n".getBytes(ISO_8859_1);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);
  private static final String LENGTH = "\ncontent-length:";
  private static final byte[] FOR_KEY = answer(SAW_KEY);
  private static final byte[] FOR_PLACEHOLDER = answer(SAW_PLACEHOLDER);
  private static final byte[] FOR_NEITHER = answer(SAW_NEITHER);

  private static volatile long millis;

  private TinyServer() {}

  /**
   * Listens, prints its port, and ends when its standard input does. Each line there says after how
   * many milliseconds it answers from now on.
   */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> accept(listener), "accept");
      thread.setDaemon(true);
      thread.start();
      System.out.println(listener.getLocalPort());
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        millis = Long.parseLong(line);
      }
    }
  }

  private static void accept(ServerSocket listener) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread thread = new Thread(() -> serve(socket), "connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    byte[] received = new byte[16 * 1024];
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      int filled = 0;
      for (int read = in.read(received);
          read > 0;
          read = in.read(received, filled, free(received, filled))) {
        filled += read;
        int end = endOfRequest(received, filled);
        if (end > 0 && filled >= end) {
          long wait = millis;
          if (wait > 0) {
            Thread.sleep(wait);
          }
          out.write(answerTo(received, end));
          filled = 0;
        }
      }
    } catch (IOException | InterruptedException gone) {
      // the client ended
    }
  }

  private static byte[] answerTo(byte[] received, int end) {
    boolean key = indexOf(received, KEY, end) >= 0;
    boolean placeholder = indexOf(received, PLACEHOLDER, end) >= 0;
    if (key == placeholder) {
      return FOR_NEITHER;
    }
    return key ? FOR_KEY : FOR_PLACEHOLDER;
  }

  private static int free(byte[] received, int filled) {
    return received.length - filled;
  }

  /** Where the request ends, body included; 0: not known yet. One client sends one at a time. */
  private static int endOfRequest(byte[] received, int filled) {
    int head = indexOf(received, END_OF_HEAD, filled);
    if (head < 0) {
      return 0;
    }
    String text = new String(received, 0, head + 2, ISO_8859_1).toLowerCase(Locale.ROOT);
    int length = text.indexOf(LENGTH);
    int body =
        length < 0
            ? 0
            : Integer.parseInt(
                text.substring(length + LENGTH.length(), text.indexOf('\r', length)).strip());
    return head + END_OF_HEAD.length + body;
  }

  private static int indexOf(byte[] received, byte[] wanted, int filled) {
    for (int i = 0; i <= filled - wanted.length; i++) {
      int same = 0;
      while (same < wanted.length && received[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] answer(String saw) {
    String body =
        """
        {"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": "gpt-4o-mini",
         "choices": [{"index": 0, "message": {"role": "assistant", "content": "You said hello.", "refusal": null},
           "logprobs": null, "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21}, "system_fingerprint": "fp_1"}
        """;
    String head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\nx-request-id: req_1\r\nopenai-organization: org-1\r\nopenai-version: 2020-10-01"
            + "\r\nopenai-processing-ms: 1"
            + "\r\nx-ratelimit-limit-requests: 10000\r\nx-ratelimit-remaining-requests: 9999"
            + "\r\nx-ratelimit-reset-requests: 6ms\r\nx-ratelimit-limit-tokens: 2000000"
            + "\r\nx-ratelimit-remaining-tokens: 1999978\r\nx-ratelimit-reset-tokens: 1ms"
            + "\r\n"
            + SAW
            + ": "
            + saw
            + "\r\n\r\n";
    return (head + body).getBytes(ISO_8859_1);
  }
}
