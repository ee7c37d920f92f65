package dev.rotor.runtime.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request that an HTTP client is about to send, as its adapter shows it: the application's own,
 * before anything was placed in it.
 */
public interface Request extends Headers {

  String method();

  URI uri();

  /** Whether the body can be sent (once more). Asked anew before each attempt after the first. */
  boolean isReplayable();

  /**
   * The body, when it is at hand without blocking and not longer than {@code limit} bytes; else
   * null. The caller does not change the array.
   */
  byte @Nullable [] body(int limit);
}
