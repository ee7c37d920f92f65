package com.example.benchmarks.select;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the choices with one thread and with two, and ends with a table and ratios. */
public final class Select {

  private static final List<Integer> THREADS = List.of(1, 2);

  private Select() {}

  /**
   * Runs it.
   *
   * @param arguments options of JMH
   */
  public static void main(String[] arguments) throws Exception {
    CommandLineOptions given = new CommandLineOptions(arguments);
    int rounds = given.getForkCount().orElse(2);
    // by strategy, then threads, then keys: the best of the rounds, which is least disturbed
    Map<String, Map<Integer, Map<Integer, Double>>> nanos = new TreeMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (int threads : THREADS) {
        System.err.printf("Round %d of %d, %d thread(s) ...%n", round, rounds, threads);
        for (RunResult result : new Runner(options(given, threads).build()).run()) {
          String strategy = result.getParams().getParam("strategy");
          int keys = Integer.parseInt(result.getParams().getParam("keys"));
          nanos
              .computeIfAbsent(strategy, it -> new TreeMap<>())
              .computeIfAbsent(threads, it -> new TreeMap<>())
              .merge(keys, result.getPrimaryResult().getScore(), Math::min);
        }
      }
    }
    print(nanos);
  }

  private static ChainedOptionsBuilder options(CommandLineOptions given, int threads) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .include(Choice.class.getName())
            .threads(threads)
            .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
            .jvmArgsAppend("-Dslf4j.internal.verbosity=ERROR")
            .forks(1)
            .warmupIterations(given.getWarmupIterations().orElse(3))
            .warmupTime(given.getWarmupTime().orElse(TimeValue.milliseconds(500)))
            .measurementIterations(given.getMeasurementIterations().orElse(5))
            .measurementTime(given.getMeasurementTime().orElse(TimeValue.milliseconds(300)));
    return options;
  }

  private static void print(Map<String, Map<Integer, Map<Integer, Double>>> nanos) {
    System.out.printf(Locale.ROOT, "%-14s %8s", "ns a choice", "threads");
    int[] keys =
        nanos.values().stream()
            .flatMap(byThreads -> byThreads.values().stream())
            .flatMap(byKeys -> byKeys.keySet().stream())
            .mapToInt(it -> it)
            .distinct()
            .sorted()
            .toArray();
    Arrays.stream(keys).forEach(it -> System.out.printf(Locale.ROOT, " %9d", it));
    System.out.println();
    nanos.forEach(
        (strategy, byThreads) ->
            byThreads.forEach(
                (threads, byKeys) -> {
                  System.out.printf(Locale.ROOT, "%-14s %8d", strategy, threads);
                  byKeys.values().forEach(it -> System.out.printf(Locale.ROOT, " %9.1f", it));
                  System.out.println();
                }));
    System.out.println();
    int few = keys[0];
    int many = keys[keys.length - 1];
    nanos.forEach(
        (strategy, byThreads) -> {
          byThreads.forEach(
              (threads, byKeys) ->
                  System.out.printf(
                      Locale.ROOT,
                      "%s %d / %d%s: %.1f%n",
                      strategy,
                      many,
                      few,
                      threads == 1 ? "" : ", " + threads + " threads",
                      byKeys.get(many) / byKeys.get(few)));
          System.out.printf(
              Locale.ROOT,
              "%s %d keys, 2 threads / 1: %.1f%n",
              strategy,
              few,
              byThreads.get(2).get(few) / byThreads.get(1).get(few));
        });
  }
}
