package dev.rotor.runtime.key;

/** How a key stands, as people see it. */
public enum KeyStatus {
  ACTIVE,
  /** A lane of its account cools down, or is at a limit. */
  RATE_LIMITED,
  QUOTA_EXCEEDED,
  /**
   * It failed five times more often than it worked: others are preferred, and now and then it is
   * tried again.
   */
  ERROR,
  /** By the file, by hand, for want of a secret, or because the provider refused it. */
  DISABLED
}
