package com.legacy;

import java.io.IOException;

/** The provider answered, but not with what was asked for. */
public final class ApiException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Creates the exception.
   *
   * @param what which call failed
   * @param status the HTTP status that was answered
   */
  public ApiException(String what, int status) {
    super(what + ": status " + status);
    this.status = status;
  }

  /** The HTTP status that was answered. */
  public int status() {
    return status;
  }
}
