package dev.rotor.runtime.call;

import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.policy.Limit;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one site, resolved and ready to run; swapped whole on reload.
 *
 * @param api whose keys and retries; null: the site is only limited or cached
 * @param limit the site's own limit
 * @param cache how its values are cached
 * @param takesKey an argument of the site needs the key, so that each of its attempts takes one
 * @param rotates false: the first attempt is the only one ({@code mode: inject}, or rotation
 *     switched off)
 * @param idempotent the site says that its body may run again even when it may have been processed
 * @param share of calls, 0 to 1, that the plan is for
 */
public record Plan(
    @Nullable Api api,
    @Nullable Limit limit,
    @Nullable CacheSettings cache,
    boolean takesKey,
    boolean rotates,
    boolean idempotent,
    double share) {

  /** Whether running a call under it would change nothing. */
  public boolean isEmpty() {
    return api == null && limit == null && cache == null;
  }
}
