package dev.rotor.runtime.call;

/**
 * An outcome with what was told beside it.
 *
 * @param restNanos how long the key's lane (or key) should rest, or -1 when nothing was told
 * @param exhausted a success that says that nothing is left until {@code restNanos} have passed
 * @param cause short text for logs; no secret
 */
public record Verdict(Outcome outcome, long restNanos, boolean exhausted, String cause) {
  /** The attempt worked, and nothing was told. */
  public static final Verdict SUCCESS = new Verdict(Outcome.SUCCESS, -1, false, "");
}
