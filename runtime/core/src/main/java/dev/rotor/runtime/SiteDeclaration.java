package dev.rotor.runtime;

import dev.rotor.runtime.call.Selector;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.config.LimitSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a front end found at a method: its names, and what annotations say of it. A plan is made of
 * this and the configuration.
 *
 * @param name for messages and metrics
 * @param types binary names of the declaring class and of all its supertypes
 * @param parameterTypes binary names, arrays with {@code []}
 * @param parameterNames names where the class file has them; else empty
 * @param marks what annotations say
 * @param takesKey a parameter receives the key or its base URL
 * @param limitBy what {@code @LimitBy} picks; null: no parameter has it
 * @param cacheKey what {@code @CacheKey} picks, or receiver and all arguments
 */
public record SiteDeclaration(
    String name,
    List<String> types,
    String method,
    List<String> parameterTypes,
    List<String> parameterNames,
    Marks marks,
    boolean takesKey,
    @Nullable Selector limitBy,
    Selector cacheKey) {

  public SiteDeclaration {
    types = List.copyOf(types);
    parameterTypes = List.copyOf(parameterTypes);
    parameterNames = List.copyOf(parameterNames);
  }

  /**
   * What the annotations of a method come to.
   *
   * @param api {@code @RotatedApi}
   * @param limitName {@code @RateLimited} by name
   * @param limit {@code @RateLimited} in place
   * @param cacheName {@code @Cached} by name
   * @param cache {@code @Cached} in place
   */
  public record Marks(
      @Nullable String api,
      boolean idempotent,
      @Nullable String limitName,
      @Nullable LimitSettings limit,
      @Nullable String cacheName,
      @Nullable CacheSettings cache) {

    /** No annotation at all. */
    public static final Marks NONE = new Marks(null, false, null, null, null, null);
  }
}
