package dev.rotor.runtime.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Policies bound to code or hosts that nobody may touch; exactly one of {@code host} and {@code
 * method} is set.
 *
 * @param where file and line, for messages
 * @param httpMethods the HTTP methods that a host binding is for; empty: all
 * @param path a glob over the request path ({@code *} within a segment, {@code **} across); null:
 *     all
 * @param application the web applications whose requests a host binding is for; null: all
 * @param share of calls, 0 to 1, that the binding acts on
 * @param urgency who is served first when calls wait for a key; null: not said
 * @param key the only key that these calls take; null: any
 * @param tier the keys that these calls take; null: those of no tier
 * @param affinity of a method: which value calls that keep one key have in common, such as {@code
 *     args[0].conversationId}; null: not said
 */
public record BindSettings(
    String where,
    @Nullable HostPattern host,
    @Nullable MethodPattern method,
    List<String> httpMethods,
    @Nullable PathPattern path,
    @Nullable ApplicationPattern application,
    @Nullable String rotate,
    @Nullable LimitSettings limit,
    @Nullable CacheSettings cache,
    @Nullable Mode mode,
    double share,
    @Nullable Boolean idempotent,
    @Nullable Urgency urgency,
    @Nullable String key,
    @Nullable String tier,
    @Nullable String affinity) {
  public BindSettings {
    if ((host == null) == (method == null)) {
      throw new IllegalArgumentException("a binding has a host or a method: " + where);
    }
    httpMethods = List.copyOf(httpMethods);
  }

  /**
   * Whether a method binding is for a method.
   *
   * @param types binary names of the types that declare the method or one that it overrides
   */
  public boolean isFor(List<String> types, String name, List<String> parameterTypes) {
    return method != null
        && method.matchesMethod(name, parameterTypes)
        && types.stream().anyMatch(method::matchesType);
  }
}
