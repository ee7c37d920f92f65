package com.example.ltw;

/** What the client throws when the provider answers with an error. */
final class Busy extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Busy(int status) {
    super("status " + status);
    this.status = status;
  }

  public int statusCode() {
    return status;
  }
}
