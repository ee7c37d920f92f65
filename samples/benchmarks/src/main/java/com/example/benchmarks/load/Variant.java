package com.example.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The program in a JVM of its own, with or without the agent; idle but when it is asked. */
final class Variant implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;
  private long requests;
  private long nanos;
  private long processorNanos;

  private Variant(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
  }

  /**
   * Starts it and has it send one request.
   *
   * @param agent the option that attaches the agent; empty: without
   * @param apiUrl where the API of the agent's configuration is
   * @param expected what the server is to see
   */
  static Variant start(
      List<String> command, String agent, String apiUrl, List<String> program, String expected)
      throws IOException {
    List<String> whole = new ArrayList<>(command);
    if (!agent.isEmpty()) {
      whole.add(1, agent);
    }
    whole.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().put("LOAD_URL", apiUrl);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Variant variant = new Variant(builder.start());
    String saw = variant.out.readLine();
    if (!expected.equals(saw)) {
      variant.close();
      throw new IOException("the server was to see " + expected + " and saw " + saw);
    }
    return variant;
  }

  /** Has it send so many requests, without counting. */
  void warmUp(long atLeast) throws IOException {
    var unused = ask(0, atLeast);
  }

  void measure(long millis) throws IOException {
    long[] figures = ask(millis, 1);
    requests += figures[0];
    nanos += figures[1];
    processorNanos += figures[2];
  }

  private long[] ask(long millis, long atLeast) throws IOException {
    in.println(millis + " " + atLeast);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the program ended by itself");
    }
    String[] words = line.split(" ", -1);
    return new long[] {
      Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])
    };
  }

  double requestsPerSecond() {
    return requests * 1e9 / nanos;
  }

  /** Processor time of the whole JVM for each request, in microseconds. */
  double processorMicros() {
    return processorNanos / 1e3 / requests;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
