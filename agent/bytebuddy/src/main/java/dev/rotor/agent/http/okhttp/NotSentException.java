package dev.rotor.agent.http.okhttp;

/** The answer came out of the application's cache. Never reaches the application. */
final class NotSentException extends Exception {

  private static final long serialVersionUID = 1L;

  NotSentException() {
    super("nothing was sent", null, false, false);
  }
}
