package dev.rotor.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that makes remote calls to an API; each call then runs under that API's policies:
 * key rotation, retry, circuit breaker and metrics, as the configuration file says.
 *
 * <pre>{@code
 * @RotatedApi("openai")
 * interface ChatClient {
 *   String chat(@ApiKey String key, String prompt);
 * }
 * }</pre>
 *
 * <p><b>Where.</b> On a method it marks that method. On a class or an interface it marks each
 * method that the type declares, and in every implementation and override of them, JDK proxies
 * included; private and static methods of a marked class are marked too. The nearest annotation
 * wins: method before class, class before superclass, superclass before interface. Constructors,
 * native methods and lambdas are never marked.
 *
 * <p><b>What follows.</b> When the provider answers that this key is at its limit, the call goes on
 * at once with another key. When the service fails, the call is repeated after a back-off if that
 * is safe. When nothing is left to try, the caller gets the exception of the last attempt, the same
 * instance that the method threw. A method that is declared to return {@link
 * java.util.concurrent.CompletionStage} or {@link java.util.concurrent.CompletableFuture} never
 * blocks its caller: the returned future completes after the last attempt, and cancelling it
 * cancels the attempt that is under way.
 *
 * <p>A {@code synchronized} method rotates but never waits, since it holds its monitor.
 *
 * <p>A value in the configuration file wins over an attribute here.
 *
 * @see ApiKey
 * @see BaseUrl
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RotatedApi {

  /** The name of the API, as it stands under {@code apis:} in the configuration file. */
  String value();

  /**
   * Whether the method may run again after a failure in which the provider may have processed the
   * request (a time-out, a reset, a 5xx). Without it, only what was surely not processed, or is
   * known to be idempotent by its HTTP method, is repeated.
   */
  boolean idempotent() default false;
}
