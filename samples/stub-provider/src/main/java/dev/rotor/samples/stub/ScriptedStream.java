package dev.rotor.samples.stub;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A stream of server-sent events whose course somebody else decides while it runs. Its client sees
 * an event as soon as it is said. Thread-safe.
 */
public final class ScriptedStream {
  private static final String END = "end";
  private static final String CUT = "cut";
  private static final Duration LOOK = Duration.ofMillis(2);

  private final BlockingQueue<String> parts = new LinkedBlockingQueue<>();

  ScriptedStream() {}

  /** Sends an event with this data. */
  public void event(String data) {
    parts.add("data: " + data + "\n\n");
  }

  /** Ends it well. */
  public void end() {
    parts.add(END);
  }

  /** Breaks it off with a reset of the connection. */
  public void cut() {
    parts.add(CUT);
  }

  /**
   * Sends what is said until the end.
   *
   * @param gap the wait after each event
   * @return whether the client has it all
   */
  boolean send(Connection connection, Duration gap) throws IOException {
    while (true) {
      String part = parts.poll();
      if (part == null) {
        if (!connection.waitWhileClientStays(LOOK)) {
          return false;
        }
      } else if (part.equals(END)) {
        connection.sendChunk("");
        return true;
      } else if (part.equals(CUT)) {
        connection.reset();
        return false;
      } else {
        connection.sendChunk(part);
        if (!connection.waitWhileClientStays(gap)) {
          return false;
        }
      }
    }
  }
}
