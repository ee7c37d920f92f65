package dev.rotor.agent.http.reactornetty;

/**
 * A request is not to be sent to a key's own base URL, since it turned out to be none that Rotor
 * may change: the application's own goes out instead. Nobody but Rotor sees it.
 */
final class UnsentException extends Exception {

  private static final long serialVersionUID = 1L;

  UnsentException() {
    super("the request goes to its own address", null, false, false);
  }
}
