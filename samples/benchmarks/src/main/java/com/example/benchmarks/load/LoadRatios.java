package com.example.benchmarks.load;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares requests per second with Rotor to those without. In each round four JVMs are alive: the
 * program without the agent, twice, so that the noise is known, with the agent and its host bound,
 * and with the agent and its host not bound. They take turns of a fraction of a second, so that
 * whatever else the machine does touches all alike; each round has new JVMs, since two JVMs do not
 * compile alike.
 */
public final class LoadRatios {

  private static final List<String> CLIENTS = List.of("jdk", "okhttp");
  private static final String ELSEWHERE = "http://127.0.0.2:9";
  private static final int WARM_UPS = 8;
  private static final long WARM_UP_REQUESTS = 6_000;
  private static final int TURNS = 12;
  private static final long TURN_MILLIS = 300;

  private final List<String> java;
  private final String agent;
  private final int rounds;
  private final int threads;
  private final int millis;
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();
  private final Map<String, List<Double>> processorRatios = new LinkedHashMap<>();

  private LoadRatios(String agent, int rounds, int threads, int millis) {
    this.millis = millis;
    this.agent = agent;
    this.rounds = rounds;
    this.threads = threads;
    this.java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms256m",
            "-Xmx256m",
            // whose turn it is not is idle for longer than the JDK's client keeps a connection
            "-Djdk.httpclient.keepalive.timeout=1200",
            "-cp",
            System.getProperty("java.class.path"));
  }

  /**
   * Runs it.
   *
   * @param arguments the option that attaches the agent, rounds, threads of the program, and after
   *     how many milliseconds the server answers once the program is warm
   */
  public static void main(String[] arguments) throws Exception {
    LoadRatios load =
        new LoadRatios(
            arguments[0],
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    load.run();
    load.report();
  }

  private void run() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(java));
    builder.command().add(TinyServer.class.getName());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process server = builder.start();
    try (PrintWriter answers =
        new PrintWriter(
            new OutputStreamWriter(server.getOutputStream(), StandardCharsets.UTF_8), true)) {
      String port = server.inputReader(StandardCharsets.UTF_8).readLine();
      System.out.printf(
          Locale.ROOT,
          "%-8s %-8s %12s %12s %12s %12s%n",
          "client",
          "round",
          "plain, 1/s",
          "bound",
          "unbound",
          "plain again");
      for (int round = 1; round <= rounds; round++) {
        for (String client : CLIENTS) {
          round(round, client, "http://127.0.0.1:" + port, answers);
        }
      }
    } finally {
      server.destroy();
    }
  }

  private void round(int round, String client, String url, PrintWriter answers) throws IOException {
    List<String> program =
        List.of(
            LoadProgram.class.getName(),
            client,
            url + "/v1/chat/completions",
            Integer.toString(threads));
    try (Variant plain = Variant.start(java, "", url, program, TinyServer.SAW_PLACEHOLDER);
        Variant bound = Variant.start(java, agent, url, program, TinyServer.SAW_KEY);
        Variant unbound =
            Variant.start(java, agent, ELSEWHERE, program, TinyServer.SAW_PLACEHOLDER);
        Variant again = Variant.start(java, "", url, program, TinyServer.SAW_PLACEHOLDER)) {
      List<Variant> all = List.of(plain, bound, unbound, again);
      answers.println(0);
      for (int i = 0; i < WARM_UPS; i++) {
        for (Variant one : all) {
          one.warmUp(WARM_UP_REQUESTS);
        }
      }
      answers.println(millis);
      for (int i = 0; i < TURNS; i++) {
        for (int next = 0; next < all.size(); next++) {
          // nobody is always behind the same neighbour's garbage
          all.get(i % 2 == 0 ? next : all.size() - 1 - next).measure(TURN_MILLIS);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-8s %-8d %12.0f %12.3f %12.3f %12.3f%n",
          client,
          round,
          plain.requestsPerSecond(),
          keep("bound " + client, bound, plain),
          keep("unbound " + client, unbound, plain),
          keep("noise " + client, again, plain));
    }
  }

  private double keep(String name, Variant one, Variant plain) {
    double ratio = one.requestsPerSecond() / plain.requestsPerSecond();
    ratios.computeIfAbsent(name, unused -> new ArrayList<>()).add(ratio);
    processorRatios
        .computeIfAbsent(name, unused -> new ArrayList<>())
        .add(one.processorMicros() / plain.processorMicros());
    return ratio;
  }

  private void report() {
    System.out.println();
    System.out.println("processor time of a request, over that without the agent");
    processorRatios.forEach(LoadRatios::print);
    System.out.println();
    System.out.println("requests per second, over those without the agent");
    ratios.forEach(LoadRatios::print);
  }

  private static void print(String name, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    System.out.printf(Locale.ROOT, "%s: %.2f%n", name, median);
  }
}
