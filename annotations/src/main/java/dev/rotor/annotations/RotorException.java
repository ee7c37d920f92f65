package dev.rotor.annotations;

/**
 * A call was refused by Rotor before any attempt was made: its method did not run. Once an attempt
 * was made, callers see that attempt's own exception, and never one of these.
 *
 * <p>Unchecked, so that a method which declares no exception can be refused as well. The message
 * names the site, the reason, and what to change; it holds no secret.
 */
public abstract class RotorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The only constructor's parameter is the whole message. */
  RotorException(String message) {
    super(message);
  }
}
