package com.example.benchmarks.calls;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.decorators.Decorators;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A call that succeeds, through all policies: by Rotor, and by Resilience4j as a user would wire it
 * by hand, made once and with the same limits. Resilience4j has no keys to choose from.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FullCall {

  private final Client client = new Client(42);
  private final String question = "what does it cost?";
  private final String key = "the application's own key";
  private final Function<String, Integer> resilience4j = resilience4j(client, key);
  private final Timer timer = Timer.builder("calls").register(new SimpleMeterRegistry());

  private static Function<String, Integer> resilience4j(Client client, String key) {
    Bulkhead bulkhead =
        Bulkhead.of("calls", BulkheadConfig.custom().maxConcurrentCalls(250).build());
    RateLimiter limiter =
        RateLimiter.of(
            "calls",
            RateLimiterConfig.custom()
                .limitForPeriod(100_000_000)
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build());
    CircuitBreaker breaker =
        CircuitBreaker.of("calls", CircuitBreakerConfig.custom().slidingWindowSize(20).build());
    Retry retry = Retry.ofDefaults("calls");
    return Decorators.ofFunction((String question) -> client.bare(question, key))
        .withBulkhead(bulkhead)
        .withRateLimiter(limiter)
        .withCircuitBreaker(breaker)
        .withRetry(retry)
        .decorate();
  }

  @Benchmark
  public int bare() {
    return client.bare(question, key);
  }

  @Benchmark
  public int rotor() {
    return client.full(question, key);
  }

  @Benchmark
  public int resilience4j() {
    return resilience4j.apply(question);
  }

  /** Rotor counts and times each call; with Resilience4j a user adds that. */
  @Benchmark
  public int resilience4jWithTimer() {
    long start = System.nanoTime();
    try {
      return resilience4j.apply(question);
    } finally {
      timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }
}
