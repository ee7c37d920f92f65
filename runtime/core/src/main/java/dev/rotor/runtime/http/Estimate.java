package dev.rotor.runtime.http;

/**
 * The tokens that a request will cost, as far as can be told before it is sent.
 *
 * @param input of the request itself
 * @param output of its answer, at most or typically
 */
public record Estimate(long input, long output) {
  /** Of an API that counts no tokens. */
  public static final Estimate NONE = new Estimate(0, 0);
}
