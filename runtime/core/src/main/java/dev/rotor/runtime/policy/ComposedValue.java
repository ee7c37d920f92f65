package dev.rotor.runtime.policy;

import org.jspecify.annotations.Nullable;

/** A value, of a limit or for a cache, that is made of values of the application's. */
public interface ComposedValue {

  /** The class of a part that is the application's own; null: there is none. */
  @Nullable Class<?> owner();

  /**
   * An equal value to keep: it holds weakly what nobody can ask with once it is gone. A cache would
   * else keep alive what it was asked through, and with it, for instance, the threads of an HTTP
   * client.
   */
  Object kept();

  /** The class of an object when that is the application's own; null: it is the JDK's. */
  static @Nullable Class<?> owner(Object part) {
    Class<?> type = part.getClass();
    return type.getClassLoader() == null ? null : type;
  }
}
