package dev.rotor.runtime.config;

/** How far Rotor acts on a call. */
public enum Mode {
  /** All policies. */
  ON,
  /** Only place a key; no rotation, retry, limit or cache. */
  INJECT,
  /** Pass untouched. */
  OFF
}
