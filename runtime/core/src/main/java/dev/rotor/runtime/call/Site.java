package dev.rotor.runtime.call;

import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.policy.ValueCache;
import org.jspecify.annotations.Nullable;

/**
 * One method, or one host, that policies are bound to. Front ends extend it with what they know of
 * its code. Holds nothing of the application: cached values lie where its classes can be collected
 * ({@link #cache}). Thread-safe.
 */
public abstract class Site {

  private final String name;
  private final boolean waits;
  private final Stats stats;
  private volatile @Nullable Plan plan;

  /**
   * Creates a site without a plan; its calls pass untouched until it has one.
   *
   * @param waits false: a call here holds a monitor and must never wait
   */
  protected Site(String name, boolean waits, Stats stats) {
    this.name = name;
    this.waits = waits;
    this.stats = stats;
  }

  /**
   * For messages and metrics: {@code com.legacy.rates.RateClient#fetch(String)}, {@code host
   * api.openai.com}.
   */
  public final String name() {
    return name;
  }

  public final Stats stats() {
    return stats;
  }

  public final @Nullable Plan plan() {
    return plan;
  }

  /** Swaps the plan; calls under way go on with the old one. Null: pass untouched. */
  public final void plan(@Nullable Plan next) {
    plan = next;
  }

  final boolean waits() {
    return waits;
  }

  /** The site's values, when its plan caches. */
  protected abstract ValueCache cache();

  /**
   * An exception for the application, of the class that the site's own loader resolves.
   *
   * @param message what was refused and why; no secret
   */
  protected abstract RuntimeException refusal(Refusal kind, String message);
}
