package dev.rotor.runtime.call;

/** Why a call ended before any attempt was made. */
public enum Refusal {
  NO_USABLE_KEY,
  QUEUE_FULL,
  LIMIT_EXCEEDED
}
