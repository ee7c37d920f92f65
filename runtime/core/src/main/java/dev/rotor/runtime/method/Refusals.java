package dev.rotor.runtime.method;

import dev.rotor.runtime.call.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exceptions that an application may catch, of the class that its own loader resolves.
 */
public final class Refusals {

  private static final String PACKAGE = "dev.rotor.annotations.";

  private Refusals() {}

  /** The exception for a call that was refused; {@code message} holds no secret. */
  public static RuntimeException exception(
      Refusal kind, String message, @Nullable ClassLoader loader) {
    String name =
        PACKAGE
            + switch (kind) {
              case NO_USABLE_KEY -> "NoUsableKeyException";
              case QUEUE_FULL -> "QueueFullException";
              case LIMIT_EXCEEDED -> "LimitExceededException";
            };
    try {
      return make(name, message, loader);
    } catch (ReflectiveOperationException notThere) {
      try {
        return make(name, message, null);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(
            name + " can be seen neither from the site nor from the boot loader", impossible);
      }
    }
  }

  private static RuntimeException make(String name, String message, @Nullable ClassLoader loader)
      throws ReflectiveOperationException {
    return Class.forName(name, true, loader)
        .asSubclass(RuntimeException.class)
        .getConstructor(String.class)
        .newInstance(message);
  }
}
