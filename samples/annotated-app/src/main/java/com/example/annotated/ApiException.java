package com.example.annotated;

import java.io.IOException;

/** The provider answered, but not with what was asked for. */
public final class ApiException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int statusCode;

  /** Creates the exception for an answer with this status. */
  public ApiException(int statusCode) {
    super("status " + statusCode);
    this.statusCode = statusCode;
  }

  /** The HTTP status that was answered. */
  public int statusCode() {
    return statusCode;
  }
}
