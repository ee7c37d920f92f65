package dev.rotor.runtime.key;

import dev.rotor.runtime.extension.Extensions;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * What the pools of one engine are made with.
 *
 * @param random numbers from 0 to 1
 * @param background runs what takes longer than a call should; may run it at once
 * @param accounts those that keys of several APIs may share
 * @param ledger where the use of quotas is counted
 * @param replicas how many processes share the quotas
 * @param limits whether what the file allows per time counts
 */
public record PoolParts(
    EngineMeters meters,
    Clock clock,
    DoubleSupplier random,
    Executor background,
    Accounts accounts,
    Ledger ledger,
    int replicas,
    boolean limits,
    Extensions extensions) {

  /** The parts of an engine of its own, without extensions; for few keys. */
  public static PoolParts of(EngineMeters meters, Clock clock, DoubleSupplier random) {
    return new PoolParts(
        meters,
        clock,
        random,
        Runnable::run,
        new Accounts(clock),
        Ledger.inMemory(clock),
        1,
        true,
        Extensions.of(null));
  }

  /** The same with other extensions, for another number of processes, with limits or without. */
  public PoolParts with(Extensions others, int processes, boolean limited) {
    return new PoolParts(
        meters, clock, random, background, accounts, ledger, processes, limited, others);
  }
}
