package dev.rotor.annotations;

/**
 * A {@link RateLimited} method was called over its limit, and its permit was too far away to wait
 * for.
 */
public final class LimitExceededException extends RotorException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception; for Rotor's use.
   *
   * @param message site, limit, and when the next permit comes
   */
  public LimitExceededException(String message) {
    super(message);
  }
}
