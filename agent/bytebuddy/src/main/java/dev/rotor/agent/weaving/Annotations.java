package dev.rotor.agent.weaving;

import dev.rotor.runtime.SiteDeclaration.Marks;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.config.Durations;
import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.Rate;
import java.util.List;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.annotation.AnnotationSource;
import net.bytebuddy.description.annotation.AnnotationValue;
import org.jspecify.annotations.Nullable;

/** Reads our annotations by name, whichever loader their classes come from. */
final class Annotations {

  private static final String PACKAGE = "dev.rotor.annotations.";

  private Annotations() {}

  static @Nullable AnnotationDescription find(AnnotationSource source, String simpleName) {
    String name = PACKAGE + simpleName;
    for (AnnotationDescription annotation : source.getDeclaredAnnotations()) {
      if (annotation.getAnnotationType().getName().equals(name)) {
        return annotation;
      }
    }
    return null;
  }

  /**
   * What the nearest annotations of a method say.
   *
   * @param sources nearest first: the method, its class, what it overrides and where that is
   *     declared
   * @throws IllegalArgumentException when an attribute is wrong; the message names the annotation
   */
  static Marks marks(List<? extends AnnotationSource> sources, String site) {
    AnnotationDescription api = nearest(sources, "RotatedApi");
    AnnotationDescription limit = nearest(sources, "RateLimited");
    AnnotationDescription cache = nearest(sources, "Cached");
    if (api == null && limit == null && cache == null) {
      return Marks.NONE;
    }
    String limitName = limit == null ? "" : text(limit, "value", "");
    String cacheName = cache == null ? "" : text(cache, "value", "");
    return new Marks(
        api == null ? null : text(api, "value", ""),
        api != null && value(api, "idempotent", Boolean.FALSE),
        limitName.isEmpty() ? null : limitName,
        limit == null || !limitName.isEmpty() ? null : limit(limit, site),
        cacheName.isEmpty() ? null : cacheName,
        cache == null || !cacheName.isEmpty() ? null : cache(cache, site));
  }

  private static @Nullable AnnotationDescription nearest(
      List<? extends AnnotationSource> sources, String simpleName) {
    for (AnnotationSource source : sources) {
      AnnotationDescription found = find(source, simpleName);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static LimitSettings limit(AnnotationDescription annotation, String site) {
    try {
      long permits = value(annotation, "permits", 0L);
      if (permits <= 0) {
        throw new IllegalArgumentException(
            "it needs a name, or `permits` of at least 1; found " + permits);
      }
      long burst = value(annotation, "burst", 0L);
      Rate rate = new Rate(permits, Durations.parse(text(annotation, "per", "1s")));
      return new LimitSettings(
          "",
          rate,
          burst > 0 ? burst : permits,
          LimitSettings.Algorithm.TOKEN_BUCKET,
          null,
          Durations.parse(text(annotation, "maxWait", "0s")));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(site + ": @RateLimited: " + wrong.getMessage(), wrong);
    }
  }

  private static CacheSettings cache(AnnotationDescription annotation, String site) {
    try {
      return new CacheSettings(
          "",
          Durations.parse(text(annotation, "ttl", "300s")),
          value(annotation, "maxEntries", 1000L));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(site + ": @Cached: " + wrong.getMessage(), wrong);
    }
  }

  private static String text(AnnotationDescription annotation, String attribute, String otherwise) {
    return value(annotation, attribute, otherwise);
  }

  /** An attribute, also when the annotation's own class cannot be read for its defaults. */
  private static <T> T value(AnnotationDescription annotation, String attribute, T otherwise) {
    try {
      AnnotationValue<?, ?> value = annotation.getValue(attribute);
      @SuppressWarnings("unchecked")
      Class<T> type = (Class<T>) otherwise.getClass();
      Object resolved = value.resolve();
      return type.isInstance(resolved) ? type.cast(resolved) : otherwise;
    } catch (IllegalArgumentException | IllegalStateException notThere) {
      return otherwise;
    }
  }
}
