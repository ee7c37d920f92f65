package com.example.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long an empty application takes without an agent, with Rotor and with the
 * OpenTelemetry agent, in turns, so that whatever else the machine does touches all three alike. A
 * file of its own, to be run as {@code java StartupTimes.java}.
 */
public final class StartupTimes {

  private static final String MAIN = "com.example.benchmarks.startup.Empty";

  private StartupTimes() {}

  /**
   * Runs it.
   *
   * @param arguments rounds, the directory of the application's classes, Rotor's jar, its
   *     configuration, OpenTelemetry's jar
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 5) {
      System.err.println("usage: StartupTimes ROUNDS CLASSES ROTOR_JAR ROTOR_YAML OTEL_JAR");
      System.exit(2);
    }
    int rounds = Integer.parseInt(arguments[0]);
    String classes = arguments[1];
    List<List<String>> kinds =
        List.of(
            command(classes),
            command(classes, "-javaagent:" + arguments[2] + "=" + arguments[3]),
            command(classes, "-javaagent:" + arguments[4]));
    long[][] nanos = new long[kinds.size()][rounds];
    // the first round warms the disk cache and does not count
    for (int round = -1; round < rounds; round++) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        long elapsed = run(kinds.get(kind));
        if (round >= 0) {
          nanos[kind][round] = elapsed;
        }
      }
    }
    report(nanos);
  }

  private static List<String> command(String classes, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classes, MAIN));
    return command;
  }

  private static long run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    for (String signal : List.of("TRACES", "METRICS", "LOGS")) {
      builder.environment().put("OTEL_" + signal + "_EXPORTER", "none");
    }
    builder.redirectErrorStream(true);
    File output = File.createTempFile("startup", ".out");
    try {
      builder.redirectOutput(output);
      long start = System.nanoTime();
      int exit = builder.start().waitFor();
      long elapsed = System.nanoTime() - start;
      if (exit != 0) {
        throw new IOException(
            command + " ended with " + exit + ": " + Files.readString(output.toPath()));
      }
      return elapsed;
    } finally {
      if (!output.delete()) {
        output.deleteOnExit();
      }
    }
  }

  private static void report(long[][] nanos) {
    double bare = medianMillis(nanos[0]);
    double rotor = medianMillis(nanos[1]);
    double otel = medianMillis(nanos[2]);
    System.out.printf(Locale.ROOT, "%-24s %10s %10s%n", "median, ms", "total", "added");
    System.out.printf(Locale.ROOT, "%-24s %10.0f%n", "without an agent", bare);
    System.out.printf(Locale.ROOT, "%-24s %10.0f %10.0f%n", "Rotor", rotor, rotor - bare);
    System.out.printf(Locale.ROOT, "%-24s %10.0f %10.0f%n", "OpenTelemetry", otel, otel - bare);
    System.out.printf(Locale.ROOT, "ratio: %.2f%n", (rotor - bare) / (otel - bare));
  }

  private static double medianMillis(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    return median / 1e6;
  }
}
