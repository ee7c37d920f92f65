package dev.rotor.runtime.call;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.policy.Limit;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one site, resolved and ready to run; swapped whole on reload.
 *
 * @param api whose keys and retries; null: the site is only limited or cached
 * @param takesKey each attempt takes a key: it is an exchange, or an argument of the method needs
 *     one
 * @param rotates false: the first attempt is the only one ({@code mode: inject}, or rotation
 *     switched off)
 * @param idempotent the site says that its body may run again even when it may have been processed
 * @param limit the site's own limit
 * @param limitBy what has a limit of its own; set when the limit is per value
 * @param cache how its values are cached
 * @param cacheKey the key of a value; set when there is a cache
 * @param share of calls, 0 to 1, that the plan is for
 * @param need what each attempt asks of a key, as far as the site says it
 * @param sharedBy what calls that are to keep one key have in common; null: the site does not say
 */
public record Plan(
    @Nullable Api api,
    boolean takesKey,
    boolean rotates,
    boolean idempotent,
    @Nullable Limit limit,
    @Nullable Selector limitBy,
    @Nullable CacheSettings cache,
    @Nullable Selector cacheKey,
    double share,
    Need need,
    @Nullable Selector sharedBy) {

  /** A plan whose calls take any key. */
  public Plan(
      @Nullable Api api,
      boolean takesKey,
      boolean rotates,
      boolean idempotent,
      @Nullable Limit limit,
      @Nullable Selector limitBy,
      @Nullable CacheSettings cache,
      @Nullable Selector cacheKey,
      double share) {
    this(
        api, takesKey, rotates, idempotent, limit, limitBy, cache, cacheKey, share, Need.ONE, null);
  }

  /** A plan that only rotates among an API's keys. */
  public static Plan rotating(Api api, boolean takesKey) {
    return new Plan(api, takesKey, true, false, null, null, null, null, 1);
  }

  /** Whether a call has to hand its receiver and arguments over. */
  public boolean needsArguments() {
    return limitBy != null || cacheKey != null || sharedBy != null;
  }
}
