package dev.rotor.runtime.call;

/** What an attempt came to (DESIGN section 5). */
public enum Outcome {
  SUCCESS,
  RATE_LIMITED,
  QUOTA_EXCEEDED,
  UNAUTHORIZED,
  CLIENT_ERROR,
  SERVER_ERROR,
  TIMEOUT,
  NETWORK
}
