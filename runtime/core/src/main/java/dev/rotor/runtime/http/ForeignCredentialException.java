package dev.rotor.runtime.http;

import java.io.IOException;

/**
 * Unwinds a client's chain to where its exchange began, before anything was sent. Never reaches the
 * application.
 */
public final class ForeignCredentialException extends IOException {

  private static final long serialVersionUID = 1L;

  ForeignCredentialException() {
    super("a credential of somebody else");
  }
}
