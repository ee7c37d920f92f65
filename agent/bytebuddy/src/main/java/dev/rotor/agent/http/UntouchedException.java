package dev.rotor.agent.http;

/**
 * A fault inside Rotor before anything was sent: the request is to pass untouched. What the cause
 * says of itself is left out, since a client may name the header value that it does not like.
 */
public final class UntouchedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Keeps where the fault happened and of what kind it is. */
  public UntouchedException(Throwable fault) {
    super("before the first attempt: " + fault.getClass().getName());
    setStackTrace(fault.getStackTrace());
  }
}
