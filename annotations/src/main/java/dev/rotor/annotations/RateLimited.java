package dev.rotor.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how often a method may be called, by a limit of the configuration file or one given here.
 *
 * <pre>{@code
 * @RateLimited("search")                       // limits.search in the file
 * Result search(@LimitBy String user, String text) { ... }
 *
 * @RateLimited(permits = 50, per = "1s", maxWait = "2s")
 * Quote quote(String symbol) { ... }
 * }</pre>
 *
 * <p>A call over the limit waits for at most the limit's {@code wait} and is then refused with a
 * {@link LimitExceededException}, without having run. A named limit is shared by all methods that
 * name it; a limit given in place belongs to its method. It is inherited as {@link RotatedApi} is.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RateLimited {

  /** The name of the limit under {@code limits:} in the configuration file; empty: given here. */
  String value() default "";

  /** How many calls are allowed in each {@link #per}; read when {@link #value} is empty. */
  long permits() default 0;

  /**
   * The time in which {@link #permits} calls are allowed, such as {@code 500ms}, {@code 1s}, {@code
   * 15m}.
   */
  String per() default "1s";

  /** How many calls may come at once; 0: as many as {@link #permits}. */
  long burst() default 0;

  /**
   * How long a call over the limit waits for its permit, such as {@code 2s}; {@code 0s}: not at
   * all.
   */
  String maxWait() default "0s";
}
