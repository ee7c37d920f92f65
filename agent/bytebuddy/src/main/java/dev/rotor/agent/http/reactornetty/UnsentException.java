package dev.rotor.agent.http.reactornetty;

/**
 * A request is not to be sent: to a key's own base URL, since it turned out to be none that Rotor
 * may change, so that the application's own goes out instead; or at all, since it was cancelled.
 * Nobody but Rotor sees it.
 */
final class UnsentException extends Exception {

  private static final long serialVersionUID = 1L;

  UnsentException() {
    super("the request does not go this way", null, false, false);
  }
}
