package dev.rotor.runtime.config;

/** How urgent a call is ({@code urgency:}); who waits for a key is served in this order. */
public enum Urgency {
  HIGH,
  MEDIUM,
  LOW
}
