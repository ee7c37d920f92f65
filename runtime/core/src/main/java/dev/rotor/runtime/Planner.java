package dev.rotor.runtime;

import dev.rotor.runtime.SiteDeclaration.Marks;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.call.Api;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.call.Selector;
import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.Mode;
import dev.rotor.runtime.config.Settings;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.policy.Limit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a site's plan of what its annotations and one version of the configuration say; the file
 * wins.
 */
final class Planner {

  private final Settings settings;
  private final Map<String, Api> apis;
  private final Limits limits;

  Planner(Settings settings, Map<String, Api> apis, Limits limits) {
    this.settings = settings;
    this.apis = apis;
    this.limits = limits;
  }

  /**
   * The plan of a method; null: it is not bound, or switched off.
   *
   * @throws IllegalArgumentException when its annotations or bindings name what is not there; the
   *     message names the method and what there is
   */
  @Nullable Plan plan(SiteDeclaration site) {
    Mode mode = null;
    String apiName = null;
    LimitSettings limit = null;
    CacheSettings cache = null;
    Boolean idempotent = null;
    double share = 1;
    Urgency urgency = null;
    String key = null;
    String tier = null;
    String affinity = null;
    for (BindSettings bind : settings.binds()) {
      if (bind.isFor(site.types(), site.method(), site.parameterTypes())) {
        mode = mode == null ? bind.mode() : mode;
        apiName = apiName == null ? bind.rotate() : apiName;
        limit = limit == null ? bind.limit() : limit;
        cache = cache == null ? bind.cache() : cache;
        idempotent = idempotent == null ? bind.idempotent() : idempotent;
        share = Math.min(share, bind.share());
        urgency = urgency == null ? bind.urgency() : urgency;
        key = key == null ? bind.key() : key;
        tier = tier == null ? bind.tier() : tier;
        affinity = affinity == null ? bind.affinity() : affinity;
      }
    }
    Marks marks = site.marks();
    if (apiName == null) {
      apiName = marks.api();
    }
    Api api = apiName == null ? null : api(apiName, site);
    if (limit == null) {
      limit =
          marks.limitName() == null
              ? marks.limit()
              : named("RateLimited", "limits", settings.limits(), marks.limitName(), site);
    }
    if (cache == null) {
      cache =
          marks.cacheName() == null
              ? marks.cache()
              : named("Cached", "caches", settings.caches(), marks.cacheName(), site);
    }
    if (mode == null) {
      mode = api == null ? settings.mode() : api.mode();
    }
    checkKeys(api, key, tier, site);
    boolean acts = mode == Mode.ON;
    LimitSettings actualLimit = acts && settings.flags().limits() ? limit : null;
    CacheSettings actualCache = acts && settings.flags().caching() ? cache : null;
    if (mode == Mode.OFF || (api == null && actualLimit == null && actualCache == null)) {
      return null;
    }
    Selector limitBy = actualLimit == null ? null : limitBy(actualLimit, site);
    return new Plan(
        api,
        api != null && site.takesKey(),
        acts && settings.flags().rotation(),
        idempotent != null ? idempotent : marks.idempotent() || saysIdempotent(api),
        actualLimit == null ? null : limit(actualLimit, limitBy != null, site),
        limitBy,
        actualCache,
        actualCache == null ? null : site.cacheKey(),
        share,
        new Need("", 0, 0, urgency == null ? Urgency.MEDIUM : urgency, key, tier, null),
        affinity == null || api == null ? null : ArgumentPath.parse(affinity, site));
  }

  private static void checkKeys(
      @Nullable Api api, @Nullable String key, @Nullable String tier, SiteDeclaration site) {
    if (api == null) {
      return;
    }
    List<KeySettings> keys = api.settings().keys();
    if (key != null && keys.stream().noneMatch(it -> key.equals(it.name()))) {
      throw new IllegalArgumentException(
          site.name() + ": `key: " + key + "` is no key of API `" + api.name() + "`");
    }
    if (tier != null && keys.stream().noneMatch(it -> tier.equals(it.tier()))) {
      throw new IllegalArgumentException(
          site.name() + ": `tier: " + tier + "` is no tier of a key of API `" + api.name() + "`");
    }
  }

  private static boolean saysIdempotent(@Nullable Api api) {
    return api != null && api.settings().retry().idempotent();
  }

  private Limit limit(LimitSettings settings, boolean perValue, SiteDeclaration site) {
    return settings.name().isEmpty()
        ? limits.own(settings, perValue, site)
        : limits.named(settings, perValue);
  }

  private static @Nullable Selector limitBy(LimitSettings limit, SiteDeclaration site) {
    return limit.by() == null ? site.limitBy() : ArgumentPath.parse(limit.by(), site);
  }

  private Api api(String name, SiteDeclaration site) {
    Api api = apis.get(name);
    if (api == null) {
      throw new IllegalArgumentException(
          site.name()
              + ": @RotatedApi(\""
              + name
              + "\") names no API of "
              + settings.file()
              + "; known are "
              + List.copyOf(new TreeSet<>(apis.keySet())));
    }
    return api;
  }

  private <T> T named(
      String annotation, String section, Map<String, T> known, String name, SiteDeclaration site) {
    T found = known.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          site.name()
              + ": @"
              + annotation
              + "(\""
              + name
              + "\") names nothing under `"
              + section
              + "` of "
              + settings.file()
              + "; known are "
              + List.copyOf(new TreeSet<>(known.keySet())));
    }
    return found;
  }
}
