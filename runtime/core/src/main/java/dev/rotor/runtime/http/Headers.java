package dev.rotor.runtime.http;

import org.jspecify.annotations.Nullable;

/** The headers of one request or response, as an HTTP client's adapter shows them. */
@FunctionalInterface
public interface Headers {
  /** No headers at all. */
  Headers NONE = name -> null;

  /**
   * The first value of a header, or null when it is not there. Names are matched whatever their
   * case (RFC 9110, section 5.1).
   */
  @Nullable String first(String name);
}
