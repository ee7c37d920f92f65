package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.time.Duration;

/**
 * An HTTP client, as applications use it. Thread-safe.
 *
 * @param <C> the client
 */
public interface Driver<C> {

  /** How long anything may take that is not to be waited for. */
  Duration PATIENCE = Duration.ofSeconds(30);

  /** By {@code NAME/WAY}: the class {@code NAMEDriver} of this package, made with the way. */
  static Driver<?> named(String name) {
    int slash = name.indexOf('/');
    String type = Driver.class.getPackageName() + "." + name.substring(0, slash) + "Driver";
    try {
      return Class.forName(type)
          .asSubclass(Driver.class)
          .getDeclaredConstructor(String.class)
          .newInstance(name.substring(slash + 1));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** Makes a client. */
  C client(Setup setup) throws Exception;

  /**
   * Sends a request and waits for the head of the answer.
   *
   * @param abort is told how to give up, where the client has a way of its own
   */
  Opened open(C client, Wanted wanted, Abort abort) throws Exception;
}
