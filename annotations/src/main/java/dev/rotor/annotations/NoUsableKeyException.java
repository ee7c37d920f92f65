package dev.rotor.annotations;

/**
 * No key of the API became usable within the time that the call may wait: each is cooling down, at
 * its limit, disabled, or has an open breaker. The message says which key would have been usable
 * first, and when.
 */
public final class NoUsableKeyException extends RotorException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception; for Rotor's use.
   *
   * @param message site, API, and the state of its keys
   */
  public NoUsableKeyException(String message) {
    super(message);
  }
}
