package com.example.benchmarks.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The iterations of all forks, by benchmark; of each the median counts. The ratios are those of
 * processor time.
 */
final class Figures {

  private final Map<String, List<Double>> nanos = new TreeMap<>();
  private final Map<String, List<Double>> processor = new TreeMap<>();
  private final Map<String, List<Double>> bytes = new TreeMap<>();

  void add(RunResult result) {
    String[] name = result.getParams().getBenchmark().split("\\.", -1);
    String label = name[name.length - 2] + "." + name[name.length - 1];
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        add(nanos, label, iteration.getPrimaryResult());
        iteration
            .getSecondaryResults()
            .forEach(
                (metric, secondary) -> {
                  if (metric.equals("gc.alloc.rate.norm")) {
                    add(bytes, label, secondary);
                  } else if (metric.equals(CpuTime.LABEL)) {
                    add(processor, label, secondary);
                  }
                });
      }
    }
  }

  private static void add(Map<String, List<Double>> to, String label, Result<?> result) {
    to.computeIfAbsent(label, it -> new ArrayList<>()).add(result.getScore());
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%-32s %10s %10s %10s%n",
        "median of iterations",
        "ns/op",
        "cpu ns/op",
        "B/op");
    nanos.forEach(
        (label, scores) ->
            System.out.printf(
                Locale.ROOT,
                "%-32s %10.1f %10.1f %10.0f%n",
                label,
                median(scores),
                median(processor.getOrDefault(label, List.of())),
                median(bytes.getOrDefault(label, List.of()))));
    System.out.println();
    ratio("full-call / resilience4j", "FullCall.rotor", "FullCall.resilience4j");
    ratio(
        "full-call / resilience4j with timer", "FullCall.rotor", "FullCall.resilience4jWithTimer");
    ratio("cache-hit / caffeine", "CacheHit.rotor", "CacheHit.caffeine");
  }

  private void ratio(String label, String above, String below) {
    List<Double> first = processor.get(above);
    List<Double> second = processor.get(below);
    if (first != null && second != null) {
      System.out.printf(Locale.ROOT, "%s: %.2f%n", label, median(first) / median(second));
    }
  }

  private static double median(List<Double> scores) {
    if (scores.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = scores.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
