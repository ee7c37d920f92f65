package dev.rotor.annotations;

/**
 * No key was usable, and as many calls as may wait for one ({@code wait.callers}) are waiting
 * already.
 */
public final class QueueFullException extends RotorException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception; for Rotor's use.
   *
   * @param message site, API, and the number of calls that wait
   */
  public QueueFullException(String message) {
    super(message);
  }
}
