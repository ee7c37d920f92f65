package dev.rotor.runtime.extension;

import org.jspecify.annotations.Nullable;

/** A key as a strategy may see it; its secret is not to be had. Each answer is of this moment. */
public interface KeyView {

  String name();

  /** Higher first. */
  int priority();

  double weight();

  @Nullable String region();

  /** The lane that it would be taken for; empty: the only one. */
  String lane();

  /** Attempts under way. */
  int inFlight();

  /** Attempts that have ended, since the start. */
  long attempts();

  /** Failures that successes have not made up for yet. */
  int errors();

  /** How good it is to take, as {@code weighted} sees it. */
  double capacityScore();

  /** How well it has worked lately, as {@code fastest} sees it: 0 to 1, at first 0.5. */
  double performanceScore();
}
