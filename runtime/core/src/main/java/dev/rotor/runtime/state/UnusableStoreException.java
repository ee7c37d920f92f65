package dev.rotor.runtime.state;

/** The state file cannot be used; the message says which, and why. */
final class UnusableStoreException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
