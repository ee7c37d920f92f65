package dev.rotor.agent.aspectj;

import dev.rotor.annotations.Cached;
import dev.rotor.annotations.RateLimited;
import dev.rotor.annotations.RotatedApi;
import dev.rotor.runtime.SiteDeclaration.Marks;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.config.LimitSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads our annotations by reflection. */
final class Annotations {

  private Annotations() {}

  /**
   * What the nearest annotations of a method say.
   *
   * @param sources nearest first: the method, its class, what it overrides and where that is
   *     declared
   * @throws IllegalArgumentException when an attribute is wrong; the message names the annotation
   */
  static Marks marks(List<AnnotatedElement> sources, String site) {
    RotatedApi api = nearest(sources, RotatedApi.class);
    RateLimited limit = nearest(sources, RateLimited.class);
    Cached cache = nearest(sources, Cached.class);
    if (api == null && limit == null && cache == null) {
      return Marks.NONE;
    }
    return new Marks(
        api == null ? null : api.value(),
        api != null && api.idempotent(),
        limit == null || limit.value().isEmpty() ? null : limit.value(),
        limit == null || !limit.value().isEmpty() ? null : limit(limit, site),
        cache == null || cache.value().isEmpty() ? null : cache.value(),
        cache == null || !cache.value().isEmpty() ? null : cache(cache, site));
  }

  private static <A extends Annotation> @Nullable A nearest(
      List<AnnotatedElement> sources, Class<A> type) {
    for (AnnotatedElement source : sources) {
      A found = source.getDeclaredAnnotation(type);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static LimitSettings limit(RateLimited limit, String site) {
    try {
      return LimitSettings.of("", limit.permits(), limit.per(), limit.burst(), limit.maxWait());
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(site + ": @RateLimited: " + wrong.getMessage(), wrong);
    }
  }

  private static CacheSettings cache(Cached cache, String site) {
    try {
      return CacheSettings.of("", cache.ttl(), cache.maxEntries());
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(site + ": @Cached: " + wrong.getMessage(), wrong);
    }
  }
}
