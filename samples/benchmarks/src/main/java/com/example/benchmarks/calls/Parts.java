package com.example.benchmarks.calls;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Parts of a full call, to see what costs how much; run by {@code samples/benchmarks/calls Parts}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Parts {

  private final Client client = new Client(42);
  private final String question = "what does it cost?";
  private final String key = "the application's own key";

  @Benchmark
  public int joined() {
    return client.joined(question);
  }

  @Benchmark
  public int limited() {
    return client.limited(question);
  }

  @Benchmark
  public int rotated() {
    return client.rotated(question, key);
  }

  @Benchmark
  public long clock() {
    return System.nanoTime();
  }
}
