package dev.rotor.agent.http;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * What runs when a woven method of an HTTP client is called. The advice says which of the two it
 * needs. What an adapter throws is a fault of Rotor's and lets the client go on untouched; an
 * exception for the application is returned.
 */
public interface Adapter {

  /**
   * Sends in the client's place.
   *
   * @param body the woven method itself, unbound: receiver first. Invoked inside an exchange it
   *     runs untouched
   * @return value and exception for the application, of which one is null; or null: run untouched
   */
  default @Nullable Object @Nullable [] send(
      MethodHandle body, @Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return null;
  }

  /** Replaces a value of the client; returns {@code value} itself when nothing is to be done. */
  default @Nullable Object adapt(@Nullable Object context, @Nullable Object value)
      throws Throwable {
    return value;
  }
}
