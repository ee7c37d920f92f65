package dev.rotor.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers repeated calls of a method from a cache, by the settings of a cache in the configuration
 * file or those given here.
 *
 * <pre>{@code
 * @Cached("answers")                     // caches.answers in the file
 * Answer ask(@CacheKey String question, RequestId id) { ... }
 *
 * @Cached(ttl = "5m", maxEntries = 200)
 * List<Model> models() { ... }
 * }</pre>
 *
 * <p>The cache's key is the receiver (for an instance method) together with the arguments marked
 * {@link CacheKey}, or all arguments when none is marked; they need {@code equals} and {@code
 * hashCode}. While a value is being loaded, other calls with the same key wait for that load. What
 * a method throws is never cached, nor is {@code null}. A hit returns the same instance that the
 * first call returned: mark only methods whose results are not changed by their callers. For a
 * method that returns a future, the value it completes with is cached, and each caller gets a
 * future of its own. It is inherited as {@link RotatedApi} is.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Cached {

  /** The name of the cache under {@code caches:} in the configuration file; empty: given here. */
  String value() default "";

  /** How long an entry is valid after it was loaded, such as {@code 5m}. */
  String ttl() default "300s";

  /** How many entries the method may have; above it, the least useful are dropped. */
  long maxEntries() default 1000;
}
