package dev.rotor.runtime.config;

/** Features that can be switched off as a whole ({@code flags:}). */
public record Flags(boolean rotation, boolean limits, boolean caching) {
  public static final Flags ALL = new Flags(true, true, true);
}
