package com.example.it.http;

import com.example.it.http.stack.Opened;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A streaming answer that is read line by line, perhaps not to its end. */
final class Reading implements Client.Pending {

  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private OwnThread thread;

  private Reading() {}

  /**
   * Starts to read.
   *
   * @param most after so many lines that are not empty the application has enough
   */
  static Reading start(Callable<Opened> open, int most) {
    Reading reading = new Reading();
    reading.thread = OwnThread.start(() -> reading.read(open, most));
    return reading;
  }

  private Answer read(Callable<Opened> open, int most) throws Exception {
    try (Opened opened = open.call()) {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(opened.body(), StandardCharsets.UTF_8));
      StringBuilder text = new StringBuilder();
      int count = 0;
      while (count < most) {
        String line = reader.readLine();
        if (line == null) {
          break;
        }
        text.append(line).append('\n');
        if (!line.isEmpty()) {
          count++;
          lines.add(line);
        }
      }
      return DrivenClient.answer(opened, Payload.of(text.toString()));
    }
  }

  /** The next line that came; waits for it. */
  String line() throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return line == null ? "(no line came)" : line;
  }

  @Override
  public Answer await() throws Exception {
    return thread.await();
  }

  @Override
  public boolean cancel() {
    return thread.cancel();
  }
}
