package dev.rotor.runtime.config;

/** Whose credential in the application's request is replaced ({@code replaces:}). */
public enum Replaces {
  /** None, a placeholder, a secret of this API's keys, or one of {@code application-keys}. */
  KNOWN,
  /** Whatever is there. */
  ANY
}
