package com.example.benchmarks.calls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A value that is there: through {@code @Cached}, and from Caffeine itself with the same settings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheHit {

  private final Client client = new Client(42);
  private final String question = "what does it cost?";
  private final Cache<String, String> caffeine =
      Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofHours(1)).build();

  /** Loads the value. */
  public CacheHit() {
    caffeine.put(question, client.cached(question));
  }

  @Benchmark
  public @Nullable String rotor() {
    return client.cached(question);
  }

  @Benchmark
  public @Nullable String caffeine() {
    return caffeine.getIfPresent(question);
  }
}
