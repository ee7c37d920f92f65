package com.example.benchmarks.select;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.extension.Extensions;
import dev.rotor.runtime.key.Accounts;
import dev.rotor.runtime.key.KeyPool;
import dev.rotor.runtime.key.Lane;
import dev.rotor.runtime.key.PoolParts;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Takes a key for an attempt, and ends the attempt at once, with all that this counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Choice {

  /** As the file names it. */
  @Param({"round-robin", "weighted", "priority", "least-used", "least-busy", "fastest", "nearest"})
  public String strategy;

  /** How many there are. */
  @Param({"10", "100", "1000", "10000"})
  public int keys;

  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });
  private KeyPool pool;

  /** Every other key has another priority and region, so that groups are of all sizes. */
  @Setup
  public void make() throws Exception {
    StringBuilder yaml =
        new StringBuilder("apis:\n  a:\n    profile: generic-bearer\n    hosts: [a.example.com]\n");
    yaml.append("    region: us-east-1\n    strategy: ").append(strategy).append("\n    keys:\n");
    String[] regions = {"us-east-1", "us-east-2", "eu-west-1"};
    for (int i = 0; i < keys; i++) {
      yaml.append("      - {name: k").append(i).append(", secret: s").append(i);
      yaml.append(", priority: ").append(1 + i % 3);
      yaml.append(", region: ").append(regions[i % 3]).append("}\n");
    }
    Path file = Files.createTempFile("select", ".yaml");
    try {
      Files.writeString(file, yaml);
      ApiSettings api = new ConfigLoader(Map.of()).load(file).apis().get("a");
      pool =
          new KeyPool(
              api,
              new PoolParts(
                  new EngineMeters(),
                  Clock.SYSTEM,
                  () -> ThreadLocalRandom.current().nextDouble(),
                  background,
                  new Accounts(Clock.SYSTEM),
                  Ledger.inMemory(Clock.SYSTEM),
                  1,
                  true,
                  Extensions.of(null)));
    } finally {
      Files.delete(file);
    }
  }

  /** Ends its thread. */
  @TearDown
  public void stop() {
    background.shutdownNow();
  }

  /** One attempt's key. */
  @Benchmark
  public Lane choose() {
    long now = System.nanoTime();
    Lane lane = pool.tryAcquire(Need.ONE, now);
    lane.settle(Need.ONE, Spent.UNTOLD, now, now);
    lane.succeeded(1000, now);
    return lane;
  }
}
