package com.example.benchmarks.calls;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks under the agent, and ends with a table and ratios. The forks of different
 * benchmarks take turns, so that whatever else the machine does touches all of them alike.
 */
public final class Calls {

  private Calls() {}

  /**
   * Runs it.
   *
   * @param arguments options of JMH; the property {@code rotor.javaagent} holds the option that
   *     attaches the agent
   */
  public static void main(String[] arguments) throws Exception {
    CommandLineOptions given = new CommandLineOptions(arguments);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTime.class)
            .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
            .jvmArgsAppend(
                System.getProperty("rotor.javaagent"), "-Dslf4j.internal.verbosity=ERROR")
            .forks(1)
            .warmupIterations(given.getWarmupIterations().orElse(3))
            .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
            .measurementIterations(given.getMeasurementIterations().orElse(10))
            .measurementTime(given.getMeasurementTime().orElse(TimeValue.milliseconds(300)));
    if (given.getIncludes().isEmpty()) {
      options.include(FullCall.class.getName()).include(CacheHit.class.getName());
    }
    int rounds = given.getForkCount().orElse(3);
    Figures figures = new Figures();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("Round " + round + " of " + rounds + " ...");
      new Runner(options.build()).run().forEach(figures::add);
    }
    figures.print();
  }
}
