package dev.rotor.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * Reads what a body's exception says of the attempt, for exchanges that Rotor did not see.
 * Thread-safe.
 */
public interface FailureClassifier {

  /** What the failure means; null: it is the application's own affair. */
  @Nullable Verdict classify(Throwable failure);

  /** Whether the request surely never reached the provider, as when a connection was refused. */
  boolean surelyNotSent(Throwable failure);
}
