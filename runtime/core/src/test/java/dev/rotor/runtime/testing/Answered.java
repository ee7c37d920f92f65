package dev.rotor.runtime.testing;

/** What a client library throws for an answer of failure. */
public final class Answered extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  public Answered(int status) {
    super("status " + status);
    this.status = status;
  }

  public int statusCode() {
    return status;
  }
}
