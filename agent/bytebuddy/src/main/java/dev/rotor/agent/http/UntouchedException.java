package dev.rotor.agent.http;

/**
 * The request is to pass untouched: because of a fault inside Rotor before anything was sent, or
 * because it turned out to be somebody else's. What a fault says of itself is left out, since a
 * client may name the header value that it does not like.
 */
public final class UntouchedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean fault;

  /** Keeps where a fault happened and of what kind it is. */
  public UntouchedException(Throwable fault) {
    super("before the first attempt: " + fault.getClass().getName());
    this.fault = true;
    setStackTrace(fault.getStackTrace());
  }

  private UntouchedException(String message) {
    super(message, null, false, false);
    this.fault = false;
  }

  static UntouchedException foreignCredential() {
    return new UntouchedException("a credential of somebody else");
  }

  /** Something of the application's has addressed it to another host than its connection's. */
  public static UntouchedException otherHost() {
    return new UntouchedException("a `Host` header that names somebody else");
  }

  /** Whether there is something to tell. */
  public boolean isFault() {
    return fault;
  }
}
