package dev.rotor.runtime.config;

/** How a key is chosen among the usable ones ({@code strategy:}). */
public enum StrategyKind {
  ROUND_ROBIN,
  WEIGHTED,
  PRIORITY,
  LEAST_USED,
  LEAST_BUSY,
  FASTEST,
  NEAREST
}
